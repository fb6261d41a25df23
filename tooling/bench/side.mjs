import { fork } from 'node:child_process';

const answer = (child) =>
  new Promise((resolve, reject) => {
    child.once('message', (message) => {
      child.off('exit', reject);
      resolve(message);
    });
    child.once('exit', reject);
  });

/** Stock tfjs or our kernels, in a process of its own. */
export const startSide = async (side, { node, build }) => {
  const child = fork(new URL('./worker.mjs', import.meta.url), [side, build ?? ''], { execPath: node });
  const ready = await answer(child);
  const ask = (order) => {
    const waiting = answer(child);
    child.send(order);
    return waiting;
  };
  return { ask, build: ready.build, stop: () => child.kill() };
};
