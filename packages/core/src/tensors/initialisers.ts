import type { Random } from '../random';
import type { ArrayValue } from '../state';

/** Fills a weight. `inputs` and `outputs` are what one unit receives and feeds. */
export type Initialiser = (random: Random, inputs: number, outputs: number) => ArrayValue<Float32Array>;

const filled = (inputs: number, outputs: number, draw: () => number): ArrayValue<Float32Array> => ({
  shape: [inputs, outputs],
  data: Float32Array.from({ length: inputs * outputs }, draw),
});

/** U(−b, b) with b = √(6 / inputs). He et al. 2015, equation 10, for ReLU. */
export const heUniform: Initialiser = (random, inputs, outputs) => {
  const limit = Math.sqrt(6 / inputs);
  return filled(inputs, outputs, () => limit * (2 * random.uniform() - 1));
};

/** U(−b, b) with b = √(6 / (inputs + outputs)). Glorot and Bengio 2010, equation 16. */
export const glorotUniform: Initialiser = (random, inputs, outputs) => {
  const limit = Math.sqrt(6 / (inputs + outputs));
  return filled(inputs, outputs, () => limit * (2 * random.uniform() - 1));
};

/** U(−b, b) with b = 1 / √inputs: what PyTorch's Linear layers start from. */
export const torchUniform: Initialiser = (random, inputs, outputs) => {
  const limit = 1 / Math.sqrt(inputs);
  return filled(inputs, outputs, () => limit * (2 * random.uniform() - 1));
};

/** A random matrix with orthonormal rows or columns (whichever are fewer), times `gain`. Saxe et al. 2014. */
export const orthogonal =
  (gain = 1): Initialiser =>
  (random, inputs, outputs) => {
    const rows = Math.min(inputs, outputs);
    const columns = Math.max(inputs, outputs);
    const basis: Float64Array[] = [];
    while (basis.length < rows) {
      const row = Float64Array.from({ length: columns }, () => random.normal());
      // Twice Gram-Schmidt is as good as a QR factorisation (Kahan and Parlett).
      for (let pass = 0; pass < 2; pass++) {
        for (const other of basis) {
          const shadow = row.reduce((sum, value, index) => sum + value * other[index], 0);
          for (let index = 0; index < columns; index++) row[index] -= shadow * other[index];
        }
      }
      const length = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0));
      basis.push(row.map((value) => value / length));
    }
    const data = new Float32Array(inputs * outputs);
    for (let input = 0; input < inputs; input++) {
      for (let output = 0; output < outputs; output++) {
        const entry = inputs <= outputs ? basis[input][output] : basis[output][input];
        data[input * outputs + output] = gain * entry;
      }
    }
    return { shape: [inputs, outputs], data };
  };
