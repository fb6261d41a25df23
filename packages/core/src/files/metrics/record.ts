import type { JsonObject } from '../json';

/**
 * What was measured at one moment of training: `step`, counted in environment steps, and anything that JSON holds.
 * Numbers may be NaN or infinite.
 */
export interface MetricRecord extends JsonObject {
  readonly step: number;
}

/** The numbers of a record under flat names: `{ a: { b: 1 } }` has `a/b`. Text and lists are left out. */
export const scalarsOf = (record: JsonObject): Map<string, number> => {
  const scalars = new Map<string, number>();
  const visit = (value: unknown, name: string): void => {
    if (typeof value === 'number') scalars.set(name, value);
    else if (typeof value === 'boolean') scalars.set(name, Number(value));
    else if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      for (const [below, inner] of Object.entries(value))
        visit(inner, name === '' ? below : `${name}/${below}`);
    }
  };
  visit(record, '');
  return scalars;
};
