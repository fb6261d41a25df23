import { all } from './cases/index.mjs';
import { startSide } from './side.mjs';

/** Seconds before anything is counted, in which the engine compiles for speed. */
const warmUp = 3;
const runs = 8;

/** What functions of our module do, where their file does not say it. */
const parts = { tiles: 'products', product: 'products', packLeft: 'packing', packRight: 'packing' };

/** By part: all that multiplies together, all that packs for it, everything else by the file that it is in. */
const byPart = (spent) => {
  const sums = {};
  for (const [owner, milliseconds] of Object.entries(spent)) {
    const file = owner.split('/')[0];
    const part = parts[file] ?? file;
    sums[part] = (sums[part] ?? 0) + milliseconds;
  }
  return Object.entries(sums).sort(([, a], [, b]) => b - a);
};

/** Where the time of steps of ours goes: milliseconds of one step by part, by V8's sampling profiler. */
export const profile = async (options) => {
  const ours = await startSide('ours', options);
  try {
    for (const { bench } of all.filter((each) => each.bench.includes(options.only) && each.ours)) {
      await ours.ask({ bench, seconds: warmUp });
      const { spent } = await ours.ask({ bench, runs });
      const shares = byPart(spent);
      const total = shares.reduce((sum, [, milliseconds]) => sum + milliseconds, 0);
      if (!options.json)
        process.stdout.write(`${bench}: ${total.toPrecision(3)} ms, the ${ours.build} build\n`);
      for (const [part, milliseconds] of shares) {
        const line = options.json
          ? JSON.stringify({ bench, part, milliseconds: Number(milliseconds.toPrecision(3)) })
          : `  ${part.padEnd(20)} ${milliseconds.toFixed(2).padStart(8)} ms ${((100 * milliseconds) / total).toFixed(1).padStart(6)} %`;
        process.stdout.write(`${line}\n`);
      }
    }
  } finally {
    ours.stop();
  }
};
