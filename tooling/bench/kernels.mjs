import { fork } from 'node:child_process';
import { all } from './cases/index.mjs';
import { findPeers } from './peers.mjs';

/** Seconds that each side runs in its turn. */
const turn = 0.25;

const answer = (child) =>
  new Promise((resolve, reject) => {
    child.once('message', (message) => {
      child.off('exit', reject);
      resolve(message);
    });
    child.once('exit', reject);
  });

const start = async (side, { node, build }) => {
  const child = fork(new URL('./worker.mjs', import.meta.url), [side, build ?? ''], { execPath: node });
  const ready = await answer(child);
  const ask = (order) => {
    const waiting = answer(child);
    child.send(order);
    return waiting;
  };
  return { ask, build: ready.build, stop: () => child.kill() };
};

const report = ({ json }, bench, against, ratio, detail) => {
  const line = json
    ? JSON.stringify({ bench, against, ratio: Number(ratio.toPrecision(3)) })
    : `${bench.padEnd(36)} ${ratio.toFixed(2).padStart(8)} x ${against.padEnd(8)} ${detail}`;
  process.stdout.write(`${line}\n`);
};

const milliseconds = (value) => `${value.toPrecision(3)} ms`;

/**
 * Stock tfjs and ours in processes of their own, taking turns; the shortest run of each counts. Products are also held
 * against the ceiling of the machine, measured between the turns, and whole steps against peers in Python.
 */
export const kernels = async (options) => {
  const [stock, ours] = [await start('stock', { node: options.node }), await start('ours', options)];
  const peers = await findPeers();
  try {
    let ceiling = 0;
    const measureCeiling = async () => {
      ceiling = Math.max(ceiling, (await ours.ask({ bench: 'ceiling' })).ceiling);
    };
    for (let i = 0; i < 20; i++) await measureCeiling();
    if (!options.json)
      process.stdout.write(`the ${ours.build} build, ceiling ${(ceiling / 1e9).toFixed(1)} GFLOP/s\n`);
    for (const { bench, operations, torch } of all.filter((each) => each.bench.includes(options.only))) {
      const best = { stock: Number.POSITIVE_INFINITY, ours: Number.POSITIVE_INFINITY };
      for (let round = 0; round < options.rounds; round++) {
        for (const [side, worker] of Object.entries({ stock, ours })) {
          best[side] = Math.min(best[side], (await worker.ask({ bench, seconds: turn })).milliseconds);
        }
        await measureCeiling();
      }
      const detail = `${milliseconds(best.ours)}, was ${milliseconds(best.stock)}`;
      report(options, bench, 'tfjs', best.stock / best.ours, detail);
      if (operations) {
        const speed = (operations * 1000) / best.ours;
        report(options, bench, 'ceiling', speed / ceiling, `${(speed / 1e9).toFixed(1)} GFLOP/s`);
      }
      if (!torch) continue;
      for (const peer of peers) {
        const theirs = await peer.run(torch);
        if (theirs !== undefined)
          report(
            options,
            bench,
            peer.name,
            theirs / best.ours,
            `${milliseconds(best.ours)}, there ${milliseconds(theirs)}`,
          );
      }
    }
  } finally {
    stock.stop();
    ours.stop();
  }
};
