/** A marl-eval file, or data for one, that breaks the schema: names the place and what to do. */
export class MarlEvalError extends Error {
  override name = 'MarlEvalError';

  constructor(place: readonly string[], problem: string) {
    super(
      `@murmuration/eval: marl-eval: ${['the file', ...place].slice(place.length > 0 ? 1 : 0).join(' / ')}: ${problem}`,
    );
  }
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A value in a few words, for an error. */
export const describe = (value: unknown): string => {
  if (value === undefined) return 'missing';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return isRecord(value) ? 'an object' : String(JSON.stringify(value)).slice(0, 40);
};
