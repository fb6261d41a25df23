import packageJson from '../package.json' with { type: 'json' };

export const { version } = packageJson;

/** What a result was made with. */
export const versions = (): Record<string, string> => ({ murmuration: version, runtime: runtime() });

/** Deno and Bun also fill in `versions.node`, so they are asked first. */
export const runtime = (): string => {
  const found: Readonly<Record<string, string | undefined>> = process.versions;
  const name = found.deno ? 'deno' : found.bun ? 'bun' : 'node';
  return `${name} ${found[name]}`;
};
