import type { ZodType } from 'zod';
import type { EnvironmentFactory } from './environment';

/** Worlds of one kind, told apart by a variant: what stands before and after the slash of `coordination/3`. */
export interface EnvironmentFamily<Options extends object = object> {
  /** What stands before the slash, for example `coordination`. */
  readonly family: string;
  /** One sentence. */
  readonly summary: string;
  /** The npm package it comes from, named in errors. */
  readonly package: string;
  /** Variants to list; `create` may know more. */
  readonly variants: readonly string[];
  /** What a variant says and which there are, for example `number of agents, 2 to 100`. */
  readonly variantMeaning: string;
  /** Every option with its range, default and meaning (`description` of its schema). */
  readonly options: ZodType<Options>;
  /** To be awaited before `create`, where something large must be loaded first, such as a physics engine. */
  load?(): Promise<void>;
  /**
   * @param variant what stands after the slash.
   * @param options checked against `options`, which fills in what is left out.
   * @throws ConfigurationError for a variant or an option that does not exist, or a value out of range.
   */
  create(variant: string, options?: unknown): EnvironmentFactory;
}
