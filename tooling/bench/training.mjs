import { train } from '@murmuration/core';
import { smax } from '@murmuration/envs';
import { qmix } from '@murmuration/pps-qmix';
import { ippo } from '@murmuration/sequential-trust-region';
import { timed } from './clock.mjs';
import { measureSlowness } from './slowness.mjs';

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
  {
    bench: 'ippo smax/3s5z, as JaxMARL',
    algorithm: ippo,
    scenario: '3s5z',
    plan: { copies: 128, steps: 3 * 128 * 128, settings: { preset: 'jaxmarl' } },
    warmUp: 128 * 128,
    // Environment steps a second, on two cores there.
    against: 'jaxmarl',
    ratio: ({ milliseconds, steps }, slower) => (1000 * steps * slower) / milliseconds / 2500,
  },
];

const measure = async ({ algorithm, scenario, plan, warmUp }) => {
  const clock = timed(algorithm, ({ copies }) => smax({ scenario, copies }), warmUp);
  const all = { ...plan, seed: 1, evaluateEvery: plan.steps, episodes: 1, checkpointEvery: plan.steps };
  for await (const event of train(clock.algorithm, clock.world, all)) {
    if (event.event === 'metrics' && event.step >= plan.steps) break;
  }
  return clock.read();
};

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
  const compared = times === undefined ? '' : `${times.toFixed(2)} x ${against}`;
  process.stdout.write(
    `${bench.padEnd(40)} ${String(stepsPerSecond).padStart(7)} steps/s  ${compared.padEnd(14)} ${shares.join(', ')}; ${(milliseconds / updates).toFixed(0)} ms from one update to the next\n`,
  );
};

/** Environment steps a second of whole training runs, and where their time goes; the fastest of the rounds counts. */
export const training = async (options) => {
  const slower = await measureSlowness(options.node);
  if (!options.json)
    process.stdout.write(`stock tfjs takes ${slower.toFixed(2)} times as long as on the reference machine\n`);
  for (const each of cases.filter(({ bench }) => bench.includes(options.only))) {
    let best;
    for (let round = 0; round < options.rounds; round++) {
      const measured = await measure(each);
      if (!best || measured.milliseconds < best.milliseconds) best = measured;
    }
    report(options, each, best, slower);
  }
};
