/**
 * Decides after which step all workers stop. One number in shared memory: twice the furthest step that any worker has
 * begun, and 1 once they shall stop. Nobody then goes further than the furthest, and those behind catch up with it, so
 * that none waits for a sum that never comes.
 */
export type Gate = Int32Array<SharedArrayBuffer>;

/** @param first the number of the first step, which is taken in any case */
export const createGate = (first: number): Gate => {
  const gate = new Int32Array(new SharedArrayBuffer(4));
  gate[0] = 2 * first;
  return gate;
};

/** Let all workers stop after the step that the furthest is at. */
export const close = (gate: Gate): void => {
  Atomics.or(gate, 0, 1);
};

/** Whether a worker may begin a step. @param step its number, one more than that of the step before */
export const mayBegin = (gate: Gate, step: number): boolean => {
  for (;;) {
    const word = Atomics.load(gate, 0);
    if (step <= word >> 1) return true;
    if (word & 1) return false;
    if (Atomics.compareExchange(gate, 0, word, 2 * step) === word) return true;
  }
};
