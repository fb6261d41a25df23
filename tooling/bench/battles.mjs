import { fork } from 'node:child_process';
import { once } from 'node:events';
import { tellSlowness } from './slowness.mjs';

/** Environment steps a second of JaxMARL (jit, vmapped, two cores) with random allies, on the machine of the others' figures. */
const jaxmarl = { '3m': 95_000, '3s5z': 18_000, '27m_vs_30m': 2_000 };

const copies = 256;
/** Of each turn. */
const seconds = 0.5;

const start = async (node, scenario, threads) => {
  const program = new URL('./player.mjs', import.meta.url);
  const child = fork(program, [scenario, threads, copies], { execPath: node });
  await once(child, 'message');
  return {
    threads,
    async play() {
      child.send(seconds);
      return (await once(child, 'message'))[0];
    },
    stop: () => child.kill(),
  };
};

const report = ({ json }, scenario, threads, speed, slower) => {
  const ratio = speed / jaxmarl[scenario];
  const bench = `smax/${scenario}, ${threads} core${threads === 1 ? '' : 's'}`;
  const [times, scaled] = [ratio, ratio * slower].map((value) => Number(value.toPrecision(3)));
  const stepsPerSecond = Math.round(speed);
  const line = json
    ? JSON.stringify({ bench, against: 'jaxmarl', ratio: times, scaled, stepsPerSecond })
    : `${bench.padEnd(28)} ${ratio.toFixed(2).padStart(6)} x jaxmarl   ${stepsPerSecond.toLocaleString('en').padStart(7)} steps/s`;
  process.stdout.write(`${line}\n`);
};

/**
 * SMAX with random allies, observations and masks, on one core and on two (`inThreads`), turn by turn; the fastest turn
 * counts. `scaled` is the ratio on a machine as fast as that of JaxMARL's figures, by stock tfjs.
 */
export const battles = async (options) => {
  const scenarios = Object.keys(jaxmarl).filter((scenario) => `smax/${scenario}`.includes(options.only));
  if (scenarios.length === 0) return;
  const slower = await tellSlowness(options);
  for (const scenario of scenarios) {
    const players = [await start(options.node, scenario, 1), await start(options.node, scenario, 2)];
    const best = [0, 0];
    for (let round = 0; round < options.rounds; round++) {
      for (const [index, player] of players.entries()) {
        best[index] = Math.max(best[index], await player.play());
      }
    }
    for (const [index, { threads, stop }] of players.entries()) {
      stop();
      report(options, scenario, threads, best[index], slower);
    }
  }
};
