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
    dts: true,
    sourcemap: true,
    clean: true,
    splitting: true,
    treeshake: true,
    ...options,
  });
