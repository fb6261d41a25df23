import { startSide } from './side.mjs';

/** Milliseconds of `mlp 2048x256` with stock tfjs on the machine that the others' figures are from. */
const referenceStock = 585;

/** How many times slower this machine is than the one of the others' figures, by the fastest of so many seconds. */
export const measureSlowness = async (node, seconds = 4) => {
  const stock = await startSide('stock', { node });
  try {
    const { milliseconds } = await stock.ask({ bench: 'mlp 2048x256', seconds });
    return milliseconds / referenceStock;
  } finally {
    stock.stop();
  }
};
