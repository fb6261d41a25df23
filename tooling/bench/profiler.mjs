import { Session } from 'node:inspector/promises';

/** Whose time a sample is: a function of our module, tfjs' own WebAssembly, or JavaScript. */
const ownerOf = ({ functionName, url }) => {
  if (!url.startsWith('wasm://'))
    return functionName === '(garbage collector)' ? 'garbage collector' : 'JavaScript';
  return /^[a-zA-Z]+\//.test(functionName) ? functionName : 'kernels of tfjs';
};

/** Milliseconds of each of so many runs of `step`, by owner. */
export const profile = async (step, runs) => {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.setSamplingInterval', { interval: 200 });
  await session.post('Profiler.start');
  for (let run = 0; run < runs; run++) step();
  const { profile: taken } = await session.post('Profiler.stop');
  session.disconnect();
  const owners = new Map(taken.nodes.map(({ id, callFrame }) => [id, ownerOf(callFrame)]));
  const spent = {};
  taken.samples.forEach((id, i) => {
    const owner = owners.get(id);
    spent[owner] = (spent[owner] ?? 0) + taken.timeDeltas[i] / 1000 / runs;
  });
  return spent;
};
