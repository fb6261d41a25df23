import { mapSize } from './prepare';
import * as row from './rows';

/** Bytes of what an observation tells of another unit: 13 numbers. */
const otherBytes: usize = 52;

function share(value: f32): f32 {
  return max<f32>(0, min<f32>(1, value));
}

/**
 * What all see of each unit, but for the way to it, which is the observer's: share of health, way (x, y), last move
 * (x, y) and target, share of its cooldown, type one-hot.
 * @param tells  whether opponents see move and target
 * @param scaled  whether cooldown and target are scaled to [0, 1]
 */
function describe(units: i32, allies: i32, tells: bool, scaled: bool): void {
  const enemies = units - allies;
  for (let unit = 0; unit < units; unit++) {
    const at = <usize>unit << 2;
    const type = load<u32>(row.type + at) << 2;
    const last = <f32>(unit < allies ? enemies + 4 : allies + 4);
    const left = load<f32>(row.cooldown + at);
    const target = <f32>load<i32>(row.attack + at);
    const to = row.seen + <usize>unit * row.seenWidth;
    const none = f32x4.splat(0);
    v128.store(to + 32, none);
    v128.store(to + 48, none);
    store<f32>(to, load<f32>(row.health + at) / load<f32>(row.fullHealths + type));
    store<f32>(to + 12, load<f32>(row.moveX + at));
    store<f32>(to + 16, load<f32>(row.moveY + at));
    store<f32>(to + 20, scaled ? target / last : target);
    store<f32>(to + 24, scaled ? share(left / load<f32>(row.cooldowns + type)) : left);
    store<f32>(to + 28, 0);
    store<f32>(to + 28 + type, 1);
    if (tells) continue;
    const hidden = row.seenByOpponents + <usize>unit * row.seenWidth;
    memory.copy(hidden, to, row.seenWidth);
    store<f32>(hidden + 12, 0);
    store<f32>(hidden + 16, 0);
    store<f32>(hidden + 20, 0);
  }
}

/** Zeros unless the observer sees it. Overwrites 12 bytes of what follows. */
@inline
function writeOther(own: usize, other: usize, sight: f32, from: usize, to: usize): void {
  const deltaX = load<f32>(row.x + other) - load<f32>(row.x + own);
  const deltaY = load<f32>(row.y + other) - load<f32>(row.y + own);
  const near = i32(deltaX * deltaX + deltaY * deltaY < sight * sight);
  // Without a branch: who is in sight changes too often to be foreseen.
  const visible = i32x4.splat(-near & load<i32>(row.alive + other));
  let head = f32x4.replace_lane(v128.load(from), 1, deltaX / sight);
  head = f32x4.replace_lane(head, 2, deltaY / sight);
  v128.store(to, v128.and(head, visible));
  v128.store(to + 16, v128.and(v128.load(from + 16), visible));
  v128.store(to + 32, v128.and(v128.load(from + 32), visible));
  v128.store(to + 48, v128.and(v128.load(from + 48), visible));
}

/** Share of health, position over the map's size (x, y), cooldown, type one-hot. */
function writeOwn(own: usize, from: usize, to: usize): void {
  store<f32>(to, load<f32>(from));
  store<f32>(to + 4, load<f32>(row.x + own) / mapSize);
  store<f32>(to + 8, load<f32>(row.y + own) / mapSize);
  memory.copy(to + 12, from + 24, 28);
}

/**
 * Observations of the first `agents` units (JaxMARL, `get_obs_unit_list`): of each other unit, the own team first, so
 * that enemies count downwards, as their attacks do; then of itself. The dead see zeros.
 */
export function observe(units: i32, allies: i32, agents: i32, tells: bool, scaled: bool): void {
  describe(units, allies, tells, scaled);
  const foreign = tells ? row.seen : row.seenByOpponents;
  let to = row.observations;
  for (let unit = 0; unit < agents; unit++) {
    const own = <usize>unit << 2;
    const ally = unit < allies;
    const width = <usize>(units - 1) * otherBytes + 40;
    if (!load<i32>(row.alive + own)) {
      memory.fill(to, 0, width);
      to += width;
      continue;
    }
    const sight = load<f32>(row.sights + (load<u32>(row.type + own) << 2));
    for (let place = 0; place < units; place++) {
      const other = ally ? place : units - 1 - place;
      if (other == unit) continue;
      const from = (other < allies == ally ? row.seen : foreign) + <usize>other * row.seenWidth;
      writeOther(own, <usize>other << 2, sight, from, to);
      to += otherBytes;
    }
    writeOwn(own, row.seen + <usize>unit * row.seenWidth, to);
    to += 40;
  }
}
