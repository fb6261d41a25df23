/** What main thread and worker say to each other: numbers in shared memory, and messages for whatever has no fixed size. */

/** Entries of the shared numbers. */
const asked = 0;
const order = 1;
const frame = 2;
const answered = 3;
const failed = 4;

export type Control = Int32Array<SharedArrayBuffer>;

export const createControl = (): Control =>
  new Int32Array(new SharedArrayBuffer(5 * Int32Array.BYTES_PER_ELEMENT));

export const orders = { reset: 1, step: 2, save: 3, restore: 4, stop: 5 } as const;
export type Order = keyof typeof orders;

/** How often to look before going to sleep: to wake up takes longer than most steps of a small world. */
const glances = 20_000;

/** Wait until an entry is no longer so. @returns false where that took longer than `milliseconds`. */
const waitWhile = (control: Control, entry: number, value: number, milliseconds: number): boolean => {
  for (let glance = 0; glance < glances; glance++) {
    if (Atomics.load(control, entry) !== value) return true;
  }
  return Atomics.wait(control, entry, value, milliseconds) !== 'timed-out';
};

/** Main thread: give an order. */
export const ask = (control: Control, what: Order, frameNumber = 0): void => {
  Atomics.store(control, order, orders[what]);
  Atomics.store(control, frame, frameNumber);
  Atomics.add(control, asked, 1);
  Atomics.notify(control, asked);
};

/** Main thread: wait for the answer to the last order; the first answer, to none, says that the worker is ready. */
export const hear = (control: Control, milliseconds: number): 'done' | 'failed' | 'silent' => {
  const wanted = Atomics.load(control, asked) + 1;
  if (!waitWhile(control, answered, wanted - 1, milliseconds)) return 'silent';
  return Atomics.load(control, failed) === 1 ? 'failed' : 'done';
};

/** Worker: answer the order (or that it is ready), then wait for the next. */
export const answer = (control: Control, success: boolean): { order: number; frame: number } => {
  const done = Atomics.load(control, asked);
  Atomics.store(control, failed, success ? 0 : 1);
  Atomics.store(control, answered, done + 1);
  Atomics.notify(control, answered);
  waitWhile(control, asked, done, Number.POSITIVE_INFINITY);
  return { order: Atomics.load(control, order), frame: Atomics.load(control, frame) };
};
