import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { mujocoWorlds } from './mujoco.mjs';

/** Environment steps a second of JaxMARL (jit, vmapped, two cores) with random allies, on a machine of this kind. */
const jaxmarl = { '3m': 95_000, '3s5z': 18_000, '27m_vs_30m': 2_000 };

const copies = 128;
const seconds = 1;

const start = async (scenario, seed) => {
  const worker = new Worker(new URL('./envsWorker.mjs', import.meta.url), {
    workerData: { scenario, copies, seconds, seed },
  });
  await once(worker, 'message');
  return worker;
};

const measure = async (workers) => {
  for (const worker of workers) worker.postMessage('run');
  const speeds = await Promise.all(workers.map(async (worker) => (await once(worker, 'message'))[0]));
  return speeds.reduce((sum, speed) => sum + speed, 0);
};

/** SMAX with random allies, observations and masks, on one core and on two, turn by turn; the fastest turn counts. */
const battles = async ({ json, only, rounds }) => {
  for (const [scenario, theirs] of Object.entries(jaxmarl)) {
    if (!`smax/${scenario}`.includes(only)) continue;
    const workers = [await start(scenario, 1), await start(scenario, 2)];
    const best = { 1: 0, 2: 0 };
    for (let round = 0; round < rounds; round++) {
      for (const cores of [1, 2]) best[cores] = Math.max(best[cores], await measure(workers.slice(0, cores)));
    }
    await Promise.all(workers.map((worker) => worker.terminate()));
    for (const [cores, speed] of Object.entries(best)) {
      const ratio = speed / theirs;
      const bench = `smax/${scenario}, ${cores} core${cores === '1' ? '' : 's'}`;
      const line = json
        ? JSON.stringify({
            bench,
            against: 'jaxmarl',
            ratio: Number(ratio.toPrecision(3)),
            stepsPerSecond: Math.round(speed),
          })
        : `${bench.padEnd(28)} ${ratio.toFixed(2).padStart(6)} x jaxmarl   ${Math.round(speed).toLocaleString('en')} steps/s`;
      process.stdout.write(`${line}\n`);
    }
  }
};

export const environments = async (options) => {
  await battles(options);
  await mujocoWorlds(options);
};
