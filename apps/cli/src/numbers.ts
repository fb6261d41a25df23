import { UsageError } from './failure';

const parse = (text: string): number =>
  /^[+-]?\d[\d_]*(\.\d+)?(e\d+)?$/i.test(text) ? Number(text.replaceAll('_', '')) : Number.NaN;

/** An option's positive integer; `1e6` and `1_000_000` are welcome. */
export const positiveInteger =
  (option: string) =>
  (text: string): number => {
    const value = parse(text);
    if (Number.isSafeInteger(value) && value > 0) return value;
    throw new UsageError(`${option} is ${JSON.stringify(text)}; give a positive integer`);
  };

/** An option's integer of either sign. */
export const integer =
  (option: string) =>
  (text: string): number => {
    const value = parse(text);
    if (Number.isSafeInteger(value)) return value;
    throw new UsageError(`${option} is ${JSON.stringify(text)}; give an integer`);
  };

/** An option that may be repeated, or hold several positive integers with commas between. */
export const positiveIntegers =
  (option: string) =>
  (text: string, before: readonly number[] = []): number[] => [
    ...before,
    ...text.split(',').map((part) => positiveInteger(option)(part.trim())),
  ];
