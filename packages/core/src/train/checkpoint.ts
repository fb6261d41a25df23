import { z } from 'zod';
import type { EnvironmentSpec } from '../environment';
import { CheckpointError } from '../errors';
import { isState, type State, stateNumber, stateString, stateTree } from '../state';

/** Everything a training run depends on at one moment: a tree of arrays and scalars, which files keep. */
export type Checkpoint = State;

/** What a checkpoint says of itself. */
export interface Provenance {
  readonly algorithm: string;
  /** Every option that was in force. */
  readonly configuration: Readonly<Record<string, unknown>>;
  readonly spec: EnvironmentSpec;
  readonly seed: number;
  readonly copies: number;
  /** Data-parallel workers that share the copies. */
  readonly workers: number;
  readonly step: number;
}

// zod's numbers are finite; a box without bounds is not.
const limit = z.custom<number>((value) => typeof value === 'number' && !Number.isNaN(value), 'give a number');
const bound = z.union([limit, z.array(limit)]);
const size = z
  .int()
  .min(0)
  .max(2 ** 31);
const space = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('discrete'), size: size.min(1) }),
  z.object({ kind: z.literal('box'), shape: z.array(size), low: bound, high: bound }),
]);
const specSchema = z.object({
  id: z.string(),
  agents: z
    .array(z.object({ id: z.string(), species: z.string(), observation: space, action: space }))
    .min(1),
  state: space,
  sharedReward: z.boolean(),
  episodeLimit: size.optional(),
  agentsDie: z.boolean(),
  metrics: z.array(z.string()),
  nonStationary: z.boolean(),
});

/** @throws CheckpointError where something is missing or of another kind. */
export const provenanceOf = (checkpoint: Checkpoint): Provenance => {
  const spec = specSchema.safeParse(stateTree(checkpoint, 'spec'));
  if (!spec.success) {
    const { path, message } = spec.error.issues[0];
    throw new CheckpointError(
      '@murmuration/core',
      `the checkpoint's environment spec is damaged at ${path.join('.')}: ${message}`,
    );
  }
  return {
    algorithm: stateString(checkpoint, 'algorithm'),
    configuration: stateTree(checkpoint, 'configuration'),
    spec: spec.data,
    seed: stateNumber(checkpoint, 'seed'),
    copies: stateNumber(checkpoint, 'copies'),
    workers: Object.hasOwn(checkpoint, 'workers') ? stateNumber(checkpoint, 'workers') : 1,
    step: stateNumber(checkpoint, 'step'),
  };
};

/** Plain data as a state tree; options that are not set are left out. */
export const asState = (value: object): State => {
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(
    entries.map(([name, inner]) => [name, isState(inner) ? asState(inner) : inner]),
  ) as State;
};
