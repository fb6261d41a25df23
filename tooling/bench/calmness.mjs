import { ceiling } from '@murmuration/kernels';
import * as tf from '@tensorflow/tfjs-core';

/** Milliseconds from one look at the machine to the next; a look takes less than one. */
const apart = 500;

/**
 * Measures the ceiling of the machine again and again between the kernels that a run of tfjs calls: a machine that others
 * share changes its speed from second to second. Slices of time that it gives to others altogether are not seen.
 */
export const watchCeiling = () => {
  const engine = tf.engine();
  const { runKernelFunc } = engine;
  const seen = [];
  let last = 0;
  engine.runKernelFunc = (kernel) => {
    if (performance.now() - last > apart) {
      seen.push(ceiling());
      last = performance.now();
    }
    return runKernelFunc.call(engine, kernel);
  };
  /** Ends watching, and tells the mean and the highest of what was seen. */
  return () => {
    engine.runKernelFunc = runKernelFunc;
    return { mean: seen.reduce((sum, each) => sum + each, 0) / seen.length, highest: Math.max(...seen) };
  };
};
