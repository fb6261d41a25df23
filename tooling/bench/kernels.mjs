import { all } from './cases/index.mjs';
import { findPeers } from './peers.mjs';
import { startSide } from './side.mjs';
import { tellSlowness } from './slowness.mjs';

/** Seconds that each side runs in its turn, and before the first, while the engine still compiles for speed. */
const turn = 0.25;
const warmUp = 0.5;

const report = ({ json }, bench, against, ratio, detail, figures) => {
  const numbers = Object.entries({ ratio, ...figures }).map(([name, x]) => [name, Number(x.toPrecision(3))]);
  const line = json
    ? JSON.stringify({ bench, against, ...Object.fromEntries(numbers) })
    : `${bench.padEnd(42)} ${ratio.toFixed(2).padStart(8)} x ${against.padEnd(15)} ${detail}`;
  process.stdout.write(`${line}\n`);
};

const milliseconds = (value) => `${value.toPrecision(3)} ms`;

/** A machine that others share runs at times at half its speed: a round counts as calm at this part of the ceiling. */
const calm = 0.9;

/**
 * Stock tfjs, ours and what Python has take turns, each in a process of its own; the shortest run of each counts. Before
 * and after every turn of ours the ceiling of the machine is measured; rounds go on until as many were calm as
 * were asked for, at most four times that many. Milliseconds known of PyTorch on the reference machine (`reference`)
 * count as many times longer as stock tfjs takes longer here.
 */
export const kernels = async (options) => {
  const selected = all.filter(({ bench }) => bench.includes(options.only));
  const slower = selected.some(({ reference }) => reference) ? await tellSlowness(options) : undefined;
  const [stock, ours] = [await startSide('stock', { node: options.node }), await startSide('ours', options)];
  const sides = { ours };
  if (selected.some(({ side }) => side === 'imported')) sides.imported = await startSide('imported', options);
  const peers = await findPeers();
  let highest = 0;
  const measureCeiling = async () => {
    const { ceiling } = await ours.ask({ bench: 'ceiling' });
    highest = Math.max(highest, ceiling);
    return ceiling;
  };
  const measure = async ({ bench, side = 'ours', operations, torch }) => {
    const best = { tfjs: Number.POSITIVE_INFINITY, ours: Number.POSITIVE_INFINITY };
    for (const each of [sides[side], stock]) await each.ask({ bench, seconds: warmUp });
    let quiet = 0;
    for (let round = 0; quiet < options.rounds && round < 4 * options.rounds; round++) {
      const before = await measureCeiling();
      const { milliseconds: taken } = await sides[side].ask({ bench, seconds: turn });
      const after = await measureCeiling();
      best.ours = Math.min(best.ours, taken);
      const { milliseconds: stockTaken } = await stock.ask({ bench, seconds: turn });
      best.tfjs = Math.min(best.tfjs, stockTaken);
      for (const peer of torch ? peers : []) {
        const theirs = await peer.run(torch);
        if (theirs !== undefined) best[peer.name] = Math.min(best[peer.name] ?? theirs, theirs);
      }
      if (Math.min(before, after) >= calm * highest) quiet++;
    }
    const speed = operations && (operations * 1000) / best.ours;
    return { best, speed, quiet };
  };
  try {
    for (let i = 0; i < 50; i++) await measureCeiling();
    if (!options.json)
      process.stdout.write(`the ${ours.build} build, ceiling ${(highest / 1e9).toFixed(1)} GFLOP/s\n`);
    for (const each of selected) {
      const { best, speed, quiet } = await measure(each);
      const note = quiet < options.rounds ? `, ${quiet} calm rounds of ${options.rounds}` : '';
      const { ours: mine, ...others } = best;
      for (const [against, theirs] of Object.entries(others)) {
        const detail = `${milliseconds(mine)}, there ${milliseconds(theirs)}${note}`;
        report(options, each.bench, against, theirs / mine, detail, { milliseconds: mine, theirs });
      }
      if (each.reference) {
        const theirs = each.reference * slower;
        const detail = `${milliseconds(mine)}, there ${milliseconds(theirs)}${note}`;
        report(options, each.bench, 'torch-reference', theirs / mine, detail, { milliseconds: mine, theirs });
      }
      if (speed) {
        const gigaflops = speed / 1e9;
        const detail = `${gigaflops.toFixed(1)} GFLOP/s${note}`;
        report(options, each.bench, 'ceiling', speed / highest, detail, { gigaflops });
      }
    }
  } finally {
    for (const side of [stock, ...Object.values(sides)]) side.stop();
  }
};
