import type { Reduce } from '../learner';

const epsilon = 1e-5;

const summed = async (reduce: Reduce, ...values: number[]): Promise<Float32Array> => {
  const sums = Float32Array.from(values);
  await reduce([sums]);
  return sums;
};

/**
 * (x − mean) / (standard deviation + 1e-5), the statistics over all entries that count, in all workers.
 * @param values changed in place, those that do not count as well.
 * @param counts 1 for an entry that counts, 0 for one that does not; as long as `values`. All count where left out.
 * @returns how many entries count, in all workers
 */
export const standardise = async (
  values: Float32Array,
  reduce: Reduce,
  counts?: Uint8Array,
): Promise<number> => {
  let count = 0;
  let sum = 0;
  for (let entry = 0; entry < values.length; entry++) {
    if (counts?.[entry] === 0) continue;
    count++;
    sum += values[entry];
  }
  const [total, all] = await summed(reduce, count, sum);
  if (total === 0) return 0;
  const mean = all / total;
  let squares = 0;
  for (let entry = 0; entry < values.length; entry++) {
    if (counts?.[entry] !== 0) squares += (values[entry] - mean) ** 2;
  }
  const [allSquares] = await summed(reduce, squares);
  const scale = 1 / (Math.sqrt(allSquares / total) + epsilon);
  for (let entry = 0; entry < values.length; entry++) values[entry] = (values[entry] - mean) * scale;
  return total;
};
