/**
 * A gated recurrent unit (Cho et al. 2014, in the form of PyTorch and cuDNN) over whole sequences:
 * r = σ(x Wr + br + h Ur + cr), z = σ(x Wz + bz + h Uz + cz), n = tanh(x Wn + bn + r (h Un + cn)), h' = (1 - z) n + z h.
 * Gates lie side by side in the order r, z, n. A reset (a byte) sets h to 0 before its step.
 */
import { constant } from './constants';
import { gateSigmoid, gateTangent } from './gates';
import { madd } from './lanes';
import { loadSome, storeSome } from './partial';
import { multiply, multiplyScratch, packedWhole, packWhole } from './product';

/** Bytes of scratch memory that `gruForward` needs: the weights, packed once for all steps, and one step's recurrent part. */
export function gruScratch(inputs: i32, batch: i32, units: i32): usize {
  return multiplyScratch() + packedWhole(3 * units, inputs + units) + (<usize>batch * units * 12);
}

/** Bytes of scratch memory that `gruBackward` needs. */
export function gruGradientScratch(units: i32): usize {
  return multiplyScratch() + packedWhole(units, 3 * units);
}

/** to = h, with 0 in the rows that a step resets. */
function carried(h: usize, resets: usize, to: usize, batch: i32, units: i32): void {
  const bytes = <usize>units << 2;
  for (let row = 0; row < batch; row++, h += bytes, to += bytes) {
    if (resets && load<u8>(resets + row)) memory.fill(to, 0, bytes);
    else memory.copy(to, h, bytes);
  }
}

/** Some gates of a row, whose three lie `apart` bytes from each other. */
@inline
function someGates(at: usize, u: usize, hidden: usize, previous: usize, state: usize, apart: usize, count: i32): void {
  const reset = gateSigmoid(f32x4.add(loadSome(at, count), loadSome(u, count)));
  const update = gateSigmoid(f32x4.add(loadSome(at + apart, count), loadSome(u + apart, count)));
  const inner = loadSome(u + 2 * apart, count);
  const candidate = gateTangent(madd(reset, inner, loadSome(at + 2 * apart, count)));
  storeSome(at, reset, count);
  storeSome(at + apart, update, count);
  storeSome(at + 2 * apart, candidate, count);
  storeSome(hidden, inner, count);
  const kept = f32x4.mul(update, loadSome(previous, count));
  storeSome(state, madd(f32x4.sub(constant(1), update), candidate, kept), count);
}

/** Gates of one step from both affine parts, in place; `hidden` keeps h Un + cn for the gradient. */
function gate(gates: usize, recurrent: usize, hidden: usize, previous: usize, state: usize, batch: i32, units: i32): void {
  const bytes = <usize>units << 2;
  for (; batch > 0; batch--) {
    let j: usize = 0;
    for (; j + 12 < bytes; j += 16) someGates(gates + j, recurrent + j, hidden + j, previous + j, state + j, bytes, 4);
    for (; j < bytes; j += 4) someGates(gates + j, recurrent + j, hidden + j, previous + j, state + j, bytes, 1);
    gates += 3 * bytes;
    recurrent += 3 * bytes;
    hidden += bytes;
    previous += bytes;
    state += bytes;
  }
}

/**
 * Step by step, so that what a step computes is still in the cache when it is used.
 * @param x  `[time, batch, inputs]`
 * @param gates  gets the gates, `[time, batch, 3 units]`
 * @param previous  gets the state that enters each step, `[time, batch, units]`
 * @param hidden  gets h Un + cn, `[time, batch, units]`
 * @param kept  whether these three are wanted; if not, one step of each is enough memory
 * @param states  `[time, batch, units]`
 * @param scratch  `gruScratch` bytes
 */
export function gruForward(
  x: usize, inputWeight: usize, inputBias: usize, inputs: i32, start: usize, weight: usize, bias: usize, resets: usize,
  gates: usize, previous: usize, hidden: usize, kept: i32, states: usize,
  time: i32, batch: i32, units: i32, scratch: usize,
): void {
  const bytes = <usize>batch * units * 4;
  const row = <usize>units << 2;
  const inputRow = <usize>inputs << 2;
  const wide = 3 * units;
  const ofInput = scratch + multiplyScratch();
  const ofState = ofInput + packedWhole(wide, inputs);
  const recurrent = ofState + packedWhole(wide, units);
  packWhole(inputWeight, 3 * row, 0, wide, inputs, ofInput);
  packWhole(weight, 3 * row, 0, wide, units, ofState);
  let h = start;
  for (; time > 0; time--) {
    carried(h, resets, previous, batch, units);
    multiply(x, inputRow, 0, ofInput, 0, 0, gates, 3 * row, batch, wide, inputs, inputBias, 0, 0, scratch);
    multiply(previous, row, 0, ofState, 0, 0, recurrent, 3 * row, batch, wide, units, bias, 0, 0, scratch);
    gate(gates, recurrent, hidden, previous, states, batch, units);
    h = states;
    x += batch * inputRow;
    states += bytes;
    if (kept) {
      gates += 3 * bytes;
      previous += bytes;
      hidden += bytes;
    }
    if (resets) resets += batch;
  }
}

/** Gradients of some affine parts of a row, whose three lie `apart` bytes from each other. */
@inline
function someGradients(
  dy: usize, carry: usize, gates: usize, hidden: usize, previous: usize, dGates: usize, dRecurrent: usize,
  apart: usize, count: i32,
): void {
  const r = loadSome(gates, count), z = loadSome(gates + apart, count), n = loadSome(gates + 2 * apart, count);
  const d = f32x4.add(loadSome(dy, count), loadSome(carry, count));
  const rest = f32x4.sub(constant(1), z);
  const dn = f32x4.mul(f32x4.mul(d, rest), f32x4.sub(constant(1), f32x4.mul(n, n)));
  const dz = f32x4.mul(f32x4.mul(d, f32x4.sub(loadSome(previous, count), n)), f32x4.mul(z, rest));
  const dr = f32x4.mul(f32x4.mul(dn, loadSome(hidden, count)), f32x4.mul(r, f32x4.sub(constant(1), r)));
  storeSome(dGates, dr, count);
  storeSome(dGates + apart, dz, count);
  storeSome(dGates + 2 * apart, dn, count);
  storeSome(dRecurrent, dr, count);
  storeSome(dRecurrent + apart, dz, count);
  storeSome(dRecurrent + 2 * apart, f32x4.mul(dn, r), count);
  storeSome(carry, f32x4.mul(d, z), count);
}

/** Gradients of one step's affine parts; `carry` holds the state's gradient and gets what goes back past the gates. */
function gateGradient(
  dy: usize, carry: usize, gates: usize, hidden: usize, previous: usize, dGates: usize, dRecurrent: usize, batch: i32, units: i32,
): void {
  const bytes = <usize>units << 2;
  for (; batch > 0; batch--) {
    let j: usize = 0;
    for (; j + 12 < bytes; j += 16) {
      someGradients(dy + j, carry + j, gates + j, hidden + j, previous + j, dGates + j, dRecurrent + j, bytes, 4);
    }
    for (; j < bytes; j += 4) {
      someGradients(dy + j, carry + j, gates + j, hidden + j, previous + j, dGates + j, dRecurrent + j, bytes, 1);
    }
    dy += bytes;
    carry += bytes;
    gates += 3 * bytes;
    hidden += bytes;
    previous += bytes;
    dGates += 3 * bytes;
    dRecurrent += 3 * bytes;
  }
}

/**
 * Back-propagation through time. `carry` `[batch, units]` starts at 0 and ends as the gradient of the first state;
 * `dGates` and `dRecurrent` `[time, batch, 3 units]` get the gradients of x W + b and of h U + c; `scratch` has
 * `gruGradientScratch` bytes.
 */
export function gruBackward(
  dy: usize, weight: usize, resets: usize, gates: usize, previous: usize, hidden: usize, dGates: usize, dRecurrent: usize,
  carry: usize, time: i32, batch: i32, units: i32, scratch: usize,
): void {
  const bytes = <usize>batch * units * 4;
  const row = <usize>units << 2;
  const turned = scratch + multiplyScratch();
  packWhole(weight, 3 * row, 1, units, 3 * units, turned);
  for (let step = time - 1; step >= 0; step--) {
    const offset = step * bytes;
    const d = dRecurrent + 3 * offset;
    gateGradient(
      dy + offset, carry, gates + 3 * offset, hidden + offset, previous + offset, dGates + 3 * offset, d, batch, units,
    );
    multiply(d, 3 * row, 0, turned, 0, 0, carry, row, batch, units, 3 * units, carry, row, 0, scratch);
    if (resets) {
      const from = resets + step * batch;
      for (let i = 0; i < batch; i++) if (load<u8>(from + i)) memory.fill(carry + i * row, 0, row);
    }
  }
}
