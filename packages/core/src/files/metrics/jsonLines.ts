import { FileError } from '../../errors';
import { isJsonObject, type Json, type JsonObject } from '../json';

// JSON has no NaN and no infinity. As these strings they stay readable everywhere (`float('NaN')` in Python).
const numbers = new Map<unknown, number>([
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['-Infinity', Number.NEGATIVE_INFINITY],
]);

/** One line of a JSON Lines file, with the line feed that says it is complete. */
export const encodeJsonLine = (record: JsonObject): string => {
  const text = JSON.stringify(record, (_, value: Json) =>
    typeof value === 'number' && !Number.isFinite(value) ? String(value) : value,
  );
  return `${text}\n`;
};

/** A record and its line as it was written, without the line feed. */
export interface JsonLine {
  readonly record: JsonObject;
  readonly text: string;
}

const parseLine = (text: string): JsonObject | undefined => {
  try {
    const value: unknown = JSON.parse(text, (_, inner) => numbers.get(inner) ?? inner);
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
};

/**
 * The records of a JSON Lines text. A last line that a killed writer left torn is passed over; anything else that is
 * not an object in JSON is an error. The strings `NaN`, `Infinity` and `-Infinity` come back as numbers.
 * @param name what the error calls the text, such as its path.
 * @throws FileError naming the line.
 */
export const parseJsonLines = (text: string, name: string): JsonLine[] => {
  const lines = text.split('\n');
  const parsed: JsonLine[] = [];
  lines.forEach((line, index) => {
    if (line.trim() === '') return;
    const record = parseLine(line);
    if (record !== undefined) {
      parsed.push({ record, text: line });
    } else if (index < lines.length - 1) {
      throw new FileError(
        '@murmuration/core',
        `${name}: line ${index + 1} is not a JSON object; mend or remove the line`,
      );
    }
  });
  return parsed;
};
