import { startSide } from './side.mjs';

/** Milliseconds of `mlp 2048x256` with stock tfjs on the reference machine, that the others' figures are from. */
const referenceStock = 585;

/** How many times slower this machine is than the reference machine, by the fastest of so many seconds. */
const measureSlowness = async (node, seconds = 4) => {
  const stock = await startSide('stock', { node });
  try {
    const { milliseconds } = await stock.ask({ bench: 'mlp 2048x256', seconds });
    return milliseconds / referenceStock;
  } finally {
    stock.stop();
  }
};

/** Measures it, and tells people of it. */
export const tellSlowness = async ({ node, json }) => {
  const slower = await measureSlowness(node);
  if (!json)
    process.stdout.write(`stock tfjs takes ${slower.toFixed(2)} times as long as on the reference machine\n`);
  return slower;
};
