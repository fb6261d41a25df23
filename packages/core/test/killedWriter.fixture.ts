import { readLatestCheckpoint } from '../src/node/checkpoints';
import { createRunDirectory, openRunDirectory } from '../src/node/runDirectory';

// A process that writes into the run directory it is given until it is killed; it says `|` when it begins to and `.`
// for every checkpoint that it wrote.
const directory = process.argv[2];
const latest = process.argv[3] === 'create' ? undefined : await readLatestCheckpoint(directory);
const options = { keep: 2, csv: true };
const run = await (process.argv[3] === 'create'
  ? createRunDirectory(directory, { seed: 1 }, options)
  : openRunDirectory(directory, options));
const start = latest?.step ?? 0;
await run.truncateAfter(start);
process.stdout.write('|');
for (let step = start + 1; ; step++) {
  await run.appendMetrics({ step, loss: 1 / step });
  await run.writeCheckpoint(step, { step, weights: new Float32Array(20_000).fill(step) });
  process.stdout.write('.');
}
