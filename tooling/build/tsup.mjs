import { defineConfig } from 'tsup';

/**
 * The build of every published package: ESM with types and source maps, dependencies left external.
 * @param {{ entry: string[] | Record<string, string> }} options
 */
export const library = (options) =>
  defineConfig({
    format: 'esm',
    target: 'es2022',
    platform: 'neutral',
    // Types take most of the time, and who only runs the command line needs none.
    dts: process.env.MURMURATION_TYPES !== 'none',
    sourcemap: true,
    clean: true,
    splitting: true,
    treeshake: true,
    // `node:fs` must stay so: Deno takes no bare names of Node's modules.
    removeNodeProtocol: false,
    external: [/^node:/],
    ...options,
  });
