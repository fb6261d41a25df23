import { startSide } from './side.mjs';

/** Milliseconds of `mlp 2048x256` with stock tfjs on the reference machine, that the others' figures are from. */
const referenceStock = 585;

/** Measures how many times slower this machine is than the reference machine, by the fastest step of four seconds. */
export const openSlowness = async ({ node }) => {
  const stock = await startSide('stock', { node });
  return {
    measure: async () => {
      const { milliseconds } = await stock.ask({ bench: 'mlp 2048x256', seconds: 4 });
      return milliseconds / referenceStock;
    },
    stop: stock.stop,
  };
};

/** Measures it once, and tells people of it. */
export const tellSlowness = async (options) => {
  const slowness = await openSlowness(options);
  try {
    const slower = await slowness.measure();
    if (!options.json)
      process.stdout.write(
        `stock tfjs takes ${slower.toFixed(2)} times as long as on the reference machine\n`,
      );
    return slower;
  } finally {
    slowness.stop();
  }
};
