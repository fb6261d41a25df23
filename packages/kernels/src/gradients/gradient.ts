import * as tf from '@tensorflow/tfjs-core';

/** The gradient of each input of a kernel, by the input's name; only those that are asked for get run. */
export type InputGradients = Record<string, () => tf.Tensor>;

/** What tfjs keeps of a kernel's forward pass for its gradient: input names (or all of a list) and outputs. */
export interface Saved {
  readonly inputs?: string[];
  readonly allInputs?: boolean;
  readonly outputs?: boolean[];
}

const configuration = (kernelName: string, saved: Saved, gradFunc: tf.GradFunc): tf.GradConfig => ({
  kernelName,
  inputsToSave: saved.inputs,
  saveAllInputs: saved.allInputs,
  outputsToSave: saved.outputs,
  gradFunc,
});

/** A gradient of a kernel with one output. `derive` gets dy, the saved tensors (inputs first) and the attributes. */
export const gradient = <Attributes = tf.NamedAttrMap>(
  kernelName: string,
  saved: Saved,
  derive: (dy: tf.Tensor, saved: tf.Tensor[], attributes: Attributes) => InputGradients,
): tf.GradConfig =>
  configuration(kernelName, saved, (dy, tensors, attributes) =>
    derive(dy as tf.Tensor, tensors, attributes as unknown as Attributes),
  );

/** A gradient of a kernel with several outputs. tfjs hands over a bare tensor when there is one after all. */
export const gradientOfOutputs = <Attributes = tf.NamedAttrMap>(
  kernelName: string,
  saved: Saved,
  derive: (dys: tf.Tensor[], saved: tf.Tensor[], attributes: Attributes) => InputGradients,
): tf.GradConfig =>
  configuration(kernelName, saved, (dys, tensors, attributes) =>
    derive(Array.isArray(dys) ? dys : [dys], tensors, attributes as unknown as Attributes),
  );

/**
 * Whether an outer gradient records what the present gradient computes. A saved output carries no history (tfjs
 * copies it before the kernel is on the tape; tfjs#3252), so such a gradient has to start from saved inputs.
 */
export const isRecorded = (): boolean => tf.engine().state.gradientDepth > 0;

/** Gradient of y = f(x) elementwise, from f'(x). */
export const fromInput = <Attributes = tf.NamedAttrMap>(
  kernelName: string,
  derivative: (x: tf.Tensor, attributes: Attributes) => tf.Tensor,
): tf.GradConfig =>
  gradient<Attributes>(kernelName, { inputs: ['x'] }, (dy, [x], attributes) => ({
    x: () => tf.mul(dy, derivative(x, attributes)),
  }));

/**
 * Gradient of y = f(x) elementwise, from f' written in y: the saved output where nothing records us (exp and tanh cost
 * milliseconds on WASM, numerics.md 0.8), f(x) computed again where something does.
 */
export const fromOutput = <Attributes = tf.NamedAttrMap>(
  kernelName: string,
  compute: (x: tf.Tensor, attributes: Attributes) => tf.Tensor,
  derivative: (y: tf.Tensor, attributes: Attributes) => tf.Tensor,
): tf.GradConfig =>
  gradient<Attributes>(kernelName, { inputs: ['x'], outputs: [true] }, (dy, [x, y], attributes) => ({
    x: () => tf.mul(dy, derivative(isRecorded() ? compute(x, attributes) : y, attributes)),
  }));

/** A zero gradient for `input`: the kernel is constant between its jumps, or the input is an index. */
export const zeros = (input: tf.Tensor) => (): tf.Tensor => tf.fill(input.shape, 0, 'float32');

/** The values of `tensor` as a new tensor: the engine disposes of gradients it adds up, so dy itself is never returned. */
export const renewed = (tensor: tf.Tensor, shape: number[] = tensor.shape): tf.Tensor =>
  tf.reshape(tensor, shape);
