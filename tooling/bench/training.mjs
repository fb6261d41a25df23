import { train } from '@murmuration/core';
import { trainInWorkers } from '@murmuration/core/node';
import { smax } from '@murmuration/envs';
import { qmix } from '@murmuration/pps-qmix';
import { ippo } from '@murmuration/sequential-trust-region';
import { watchCeiling } from './calmness.mjs';
import { timed } from './clock.mjs';
import { openSlowness } from './slowness.mjs';

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
  let endWatching;
  for await (const { event, step } of train(clock.algorithm, clock.world, all)) {
    if (event !== 'metrics') continue;
    if (step >= warmUp) endWatching ??= watchCeiling();
    if (step >= plan.steps) break;
  }
  return { ...clock.read(), ceiling: endWatching() };
};

const measure = (each) => (each.workers ? measureWorkers(each) : measureAlone(each));

const percent = (part, whole) => `${Math.round((100 * part) / whole)} %`;

const report = ({ json }, { bench, against }, { measured, ratio, calm, slower }) => {
  const { spent, steps, milliseconds, updates } = measured;
  const stepsPerSecond = Math.round((1000 * steps) / milliseconds);
  if (json) {
    const short = (value) => Number(value.toPrecision(3));
    const shares = Object.fromEntries(
      Object.entries(spent).map(([part, time]) => [part, short(time / milliseconds)]),
    );
    const compared = ratio === undefined ? {} : { against, ratio: short(ratio) };
    const machine = { slower: short(slower), ...(calm === undefined ? {} : { calm: short(calm) }) };
    process.stdout.write(`${JSON.stringify({ bench, ...compared, stepsPerSecond, ...machine, shares })}\n`);
    return;
  }
  const compared = ratio === undefined ? '' : `${ratio.toFixed(2)} x ${against}`;
  const shares = Object.entries(spent).map(([part, time]) => `${part} ${percent(time, milliseconds)}`);
  const details = [
    ...(shares.length > 0 ? [shares.join(', ')] : []),
    ...(updates > 0 ? [`${(milliseconds / updates).toFixed(0)} ms from one update to the next`] : []),
    ...(calm === undefined ? [] : [`at ${percent(calm, 1)} of this machine's speed`]),
    `stock tfjs ${slower.toFixed(2)} times slower than there`,
  ];
  process.stdout.write(
    `${bench.padEnd(40)} ${String(stepsPerSecond).padStart(7)} steps/s  ${compared.padEnd(14)} ${details.join('; ')}\n`,
  );
};

/**
 * How long a round would have taken on this machine when it is calm, and how many times slower than the reference machine
 * that is: by the ceiling that was seen on the way and the fastest stock tfjs ever seen; of threads, which nobody can
 * watch so, as it was, and stock tfjs before and after.
 */
const judge = ({ measured, slownesses }, highest, least, { ratio }) => {
  const calm = measured.ceiling && measured.ceiling.mean / highest;
  const slower = calm === undefined ? (slownesses[0] + slownesses[1]) / 2 : least;
  const milliseconds = measured.milliseconds * (calm ?? 1);
  const pace = (measured.steps / milliseconds) * slower;
  return { measured, calm, slower, pace, ratio: ratio?.({ ...measured, milliseconds }, slower) };
};

/**
 * Environment steps a second of whole training runs, and where their time goes. The median of the rounds counts, the better of
 * two, by how fast each was for what the machine gave it.
 */
export const training = async (options) => {
  const slowness = await openSlowness({ node: process.execPath });
  try {
    for (const each of cases.filter(({ bench }) => bench.includes(options.only))) {
      const rounds = [];
      for (let round = 0; round < options.rounds; round++) {
        const before = await slowness.measure();
        const measured = await measure(each);
        rounds.push({ measured, slownesses: [before, await slowness.measure()] });
      }
      const highest = Math.max(...rounds.map(({ measured }) => measured.ceiling?.highest ?? 0));
      const least = Math.min(...rounds.flatMap(({ slownesses }) => slownesses));
      const judged = rounds.map((round) => judge(round, highest, least, each));
      judged.sort((a, b) => a.pace - b.pace);
      report(options, each, judged[judged.length >> 1]);
    }
  } finally {
    slowness.stop();
  }
};
