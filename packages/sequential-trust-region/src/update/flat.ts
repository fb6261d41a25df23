import { type Parameters, type Tensor, tensor, tidy } from '@murmuration/core/tensors';

const sizeOf = (shape: readonly number[]): number => shape.reduce((size, side) => size * side, 1);

/** Weights, gradients and directions as one vector, in the order of the weights' names. */
export interface Flat {
  /** Read tensors that go by the weights' names; 0 where one is missing. */
  read(tensors: Readonly<Record<string, Tensor>>): Promise<Float64Array>;
  /** The same as tensors. Dispose them. */
  split(vector: Float64Array): Record<string, Tensor>;
  /** Set the weights. */
  write(vector: Float64Array): void;
}

export const flatten = (parameters: Parameters): Flat => {
  const entries = Object.entries(parameters).map(([name, { shape }]) => ({
    name,
    shape,
    size: sizeOf(shape),
  }));
  const length = entries.reduce((sum, { size }) => sum + size, 0);
  const split = (vector: Float64Array): Record<string, Tensor> => {
    let from = 0;
    return Object.fromEntries(
      entries.map(({ name, shape, size }) => {
        const part = Float32Array.from(vector.subarray(from, from + size));
        from += size;
        return [name, tensor(part, [...shape])];
      }),
    );
  };
  return {
    split,
    async read(tensors) {
      const vector = new Float64Array(length);
      let from = 0;
      for (const { name, size } of entries) {
        if (tensors[name]) vector.set(await tensors[name].data(), from);
        from += size;
      }
      return vector;
    },
    write(vector) {
      tidy(() => {
        for (const [name, value] of Object.entries(split(vector))) parameters[name].assign(value);
      });
    },
  };
};
