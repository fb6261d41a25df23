import { train } from '@murmuration/core';
import { trainInWorkers } from '@murmuration/core/node';
import { smax } from '@murmuration/envs';
import { qmix } from '@murmuration/pps-qmix';
import { ippo } from '@murmuration/sequential-trust-region';
import { timed } from './clock.mjs';
import { tellSlowness } from './slowness.mjs';

/** JaxMARL's setting; environment steps a second against its, on two cores there. */
const asJaxmarl = {
  algorithm: ippo,
  scenario: '3s5z',
  plan: { copies: 128, steps: 3 * 128 * 128, settings: { preset: 'jaxmarl' } },
  warmUp: 128 * 128,
  against: 'jaxmarl',
  ratio: ({ milliseconds, steps }, slower) => (1000 * steps * slower) / milliseconds / 2500,
};

const cases = [
  {
    bench: 'qmix smax/3s5z, an update each episode',
    algorithm: qmix,
    scenario: '3s5z',
    plan: { copies: 8, steps: 12_000, settings: { preset: 'pymarl', exploration: { start: 1, end: 1 } } },
    warmUp: 4000,
    // A whole cycle here, of one episode collected and one update of 32; there the update alone, 140 ms at 60 steps.
    against: 'torch',
    ratio: ({ milliseconds, updates, steps, episodes }, slower) =>
      (140 * slower * (steps / episodes / 60)) / (milliseconds / updates),
  },
  {
    bench: 'qmix smax/2s3z, defaults',
    algorithm: qmix,
    scenario: '2s3z',
    plan: { steps: 12_000 },
    warmUp: 4000,
  },
  { bench: 'ippo smax/3s5z, as JaxMARL', ...asJaxmarl },
  { bench: 'ippo smax/3s5z, as JaxMARL, two workers', ...asJaxmarl, workers: 2 },
];

/** Of threads it tells how fast they are together, not where each one's time goes. */
const measureWorkers = async ({ algorithm: { id }, scenario, plan, warmUp, workers }) => {
  const subject = new URL('./subject.mjs', import.meta.url);
  const input = { id, scenario };
  const seldom = { evaluateEvery: plan.steps, episodes: 1, checkpointEvery: plan.steps };
  let began;
  for await (const { event, step } of trainInWorkers(subject, {
    ...plan,
    ...seldom,
    seed: 1,
    workers,
    input,
  })) {
    if (event !== 'metrics') continue;
    const now = performance.now();
    if (step >= warmUp) began ??= { now, step };
    if (step >= plan.steps) return { spent: {}, steps: step - began.step, milliseconds: now - began.now };
  }
};

const measureAlone = async ({ algorithm, scenario, plan, warmUp }) => {
  const clock = timed(algorithm, ({ copies }) => smax({ scenario, copies }), warmUp);
  const all = { ...plan, seed: 1, evaluateEvery: plan.steps, episodes: 1, checkpointEvery: plan.steps };
  for await (const event of train(clock.algorithm, clock.world, all)) {
    if (event.event === 'metrics' && event.step >= plan.steps) break;
  }
  return clock.read();
};

const measure = (each) => (each.workers ? measureWorkers(each) : measureAlone(each));

const percent = (part, whole) => `${Math.round((100 * part) / whole)} %`;

const report = ({ json }, { bench, against, ratio }, measured, slower) => {
  const { spent, steps, milliseconds, updates } = measured;
  const stepsPerSecond = Math.round((1000 * steps) / milliseconds);
  const times = ratio?.(measured, slower);
  if (json) {
    const shares = Object.fromEntries(
      Object.entries(spent).map(([part, time]) => [part, Number((time / milliseconds).toPrecision(3))]),
    );
    const compared = times === undefined ? {} : { against, ratio: Number(times.toPrecision(3)) };
    process.stdout.write(`${JSON.stringify({ bench, ...compared, stepsPerSecond, shares })}\n`);
    return;
  }
  const shares = Object.entries(spent).map(([part, time]) => `${part} ${percent(time, milliseconds)}`);
  const where = shares.length > 0 ? `${shares.join(', ')}; ` : '';
  const pace = updates > 0 ? `${(milliseconds / updates).toFixed(0)} ms from one update to the next` : '';
  const compared = times === undefined ? '' : `${times.toFixed(2)} x ${against}`;
  process.stdout.write(
    `${bench.padEnd(40)} ${String(stepsPerSecond).padStart(7)} steps/s  ${compared.padEnd(14)} ${where}${pace}\n`,
  );
};

/** Environment steps a second of whole training runs, and where their time goes; the fastest of the rounds counts. */
export const training = async (options) => {
  const slower = await tellSlowness(options);
  for (const each of cases.filter(({ bench }) => bench.includes(options.only))) {
    let best;
    for (let round = 0; round < options.rounds; round++) {
      const measured = await measure(each);
      if (!best || measured.milliseconds < best.milliseconds) best = measured;
    }
    report(options, each, best, slower);
  }
};
