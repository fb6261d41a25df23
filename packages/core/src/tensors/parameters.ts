import {
  add,
  clone,
  mul,
  type Scalar,
  sub,
  type Tensor,
  tensor,
  tidy,
  type Variable,
  variable,
  variableGrads,
} from '@tensorflow/tfjs-core';
import type { ArrayValue, State } from '../state';
import { stateTensor } from '../state';

/** Named weights of networks, for example `value/0/weight`. They live until `disposeParameters`. */
export type Parameters = Readonly<Record<string, Variable>>;

/** Weights from values outside the backend. */
export const createParameters = (values: Readonly<Record<string, ArrayValue<Float32Array>>>): Parameters =>
  Object.fromEntries(
    Object.entries(values).map(([name, { shape, data }]) => [
      name,
      tidy(() => variable(tensor(data, [...shape], 'float32'))),
    ]),
  );

/** Parameters of several networks as one set, each name after its network's: `{ value: …, model: … }`. */
export const joinParameters = (networks: Readonly<Record<string, Parameters>>): Parameters =>
  Object.fromEntries(
    Object.entries(networks).flatMap(([network, parameters]) =>
      Object.entries(parameters).map(([name, value]) => [`${network}/${name}`, value]),
    ),
  );

/** One network's part of what `joinParameters` joined, its names as the network knows them. */
export const parametersOf = (joined: Parameters, network: string): Parameters =>
  Object.fromEntries(
    Object.entries(joined)
      .filter(([name]) => name.startsWith(`${network}/`))
      .map(([name, value]) => [name.slice(network.length + 1), value]),
  );

/** Equal values in weights of their own, such as a target network begins with. */
export const cloneParameters = (parameters: Parameters): Parameters =>
  Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, tidy(() => variable(value))]));

/** Reads all weights, in the order of their names. */
export const saveParameters = async (parameters: Parameters): Promise<State> => {
  const names = Object.keys(parameters).sort();
  const values = await Promise.all(names.map((name) => parameters[name].data()));
  return Object.fromEntries(
    names.map((name, index) => [
      name.replaceAll('/', '.'),
      { shape: [...parameters[name].shape], data: (values[index] as Float32Array).slice() },
    ]),
  );
};

/** @throws CheckpointError where a weight is missing or has another shape; nothing is changed then. */
export const restoreParameters = (parameters: Parameters, state: State): void => {
  const values = Object.entries(parameters).map(
    ([name, value]) => [value, stateTensor(state, name.replaceAll('/', '.'), value.shape)] as const,
  );
  for (const [value, { shape, data }] of values) {
    tidy(() => value.assign(tensor(data, [...shape], 'float32')));
  }
};

export const disposeParameters = (parameters: Parameters): void => {
  for (const value of Object.values(parameters)) value.dispose();
};

/**
 * Move target weights towards others: target ← target + rate · (source − target). A rate of 1 copies.
 * Both must have the same names.
 */
export const followParameters = (target: Parameters, source: Parameters, rate: number): void => {
  for (const [name, value] of Object.entries(target)) {
    tidy(() => {
      const step = rate === 1 ? source[name] : add(value, mul(sub(source[name], value), rate));
      value.assign(clone(step));
    });
  }
};

export type Gradients = Readonly<Record<string, Tensor>>;

/**
 * The gradient of a loss with respect to weights. Dispose both results, or call it inside `tidy`.
 * A weight on which the loss does not depend has no entry.
 * @param loss computes one number from the current weights.
 */
export const gradientsOf = (
  loss: () => Scalar,
  parameters: Parameters,
): { loss: Scalar; gradients: Gradients } => {
  const names = Object.keys(parameters);
  const { value, grads } = variableGrads(loss, Object.values(parameters));
  const gradients: Record<string, Tensor> = {};
  for (const name of names) {
    const gradient = grads[parameters[name].name];
    if (gradient) gradients[name] = gradient;
  }
  return { loss: value, gradients };
};
