import { z } from 'zod';

/** What is known of an option beside its range and default. `source` is the paper or code that the default is of. */
export interface OptionMeta {
  readonly meaning: string;
  readonly source: string;
  readonly unit?: string;
}

export const described = <Schema extends z.ZodType>(schema: Schema, meta: OptionMeta): Schema =>
  schema.meta({ ...meta });

export const probability = z.number().min(0).max(1);

export const positive = z.number().gt(0).max(1e9);

export const count = z.int().min(1).max(1e9);
