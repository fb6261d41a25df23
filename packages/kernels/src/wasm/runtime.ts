/** What of the JavaScript engine decides how fast a build runs. */

interface NodeProcess {
  readonly versions?: {
    readonly v8?: string;
    readonly node?: string;
    readonly bun?: string;
    readonly deno?: string;
  };
  getBuiltinModule?(name: 'node:v8'): { setFlagsFromString(flags: string): void };
}

const node = (): NodeProcess | undefined => {
  const { process } = globalThis as { process?: NodeProcess };
  return process?.versions?.node && !process.versions.bun && !process.versions.deno ? process : undefined;
};

/** Whether this is Node 20: its V8 11.3 has relaxed SIMD as it was standardised, but behind a flag. */
const isNode20 = (): boolean => node()?.versions?.v8?.startsWith('11.3.') === true;

/** Lets Node 20 compile relaxed SIMD from now on. The flag lets V8 read more instructions; it changes nothing else. */
export const allowRelaxed = (): void => {
  if (isNode20())
    node()?.getBuiltinModule?.('node:v8').setFlagsFromString('--experimental-wasm-relaxed-simd');
};

/** Whether the engine keeps the tiles that take four steps a turn in registers (`scripts/tiles.mjs`); V8 11 does not. */
export const unrollsWell = (): boolean => !isNode20();
