import { z } from 'zod';
import { a2poOptions, factor, factorTiming, order, othersClip, ppo, trustRegion } from './config/policy';
import { base, critic, normaliseAdvantages, sharing } from './config/shared';
import { trunkCritic, trunkNetwork } from './config/trunk';

/** IPPO and MAPPO, which differ in what critics see. */
export const simultaneousSchema = (input: 'state' | 'observation') =>
  z.strictObject({
    ...base,
    network: trunkNetwork.prefault({}),
    sharing: sharing('team'),
    normaliseAdvantages: normaliseAdvantages('team'),
    policy: ppo.prefault({}),
    critic: trunkCritic(input).prefault({}),
  });

/** HAPPO and clip-HAPPO. */
export const sequentialSchema = (kind: 'product' | 'bounded') =>
  z.strictObject({
    ...base,
    sharing: sharing('none'),
    normaliseAdvantages: normaliseAdvantages('agent'),
    order,
    factor: factor(kind),
    factorTiming,
    policy: ppo.prefault({}),
    critic: critic('state').prefault({}),
  });

/** HATRPO and clip-HATRPO. */
export const trustRegionSchema = (kind: 'product' | 'bounded') =>
  z.strictObject({
    ...base,
    sharing: sharing('none'),
    normaliseAdvantages: normaliseAdvantages('agent'),
    order,
    factor: factor(kind),
    policy: trustRegion.prefault({}),
    critic: critic('state').prefault({}),
  });

export type SimultaneousConfiguration = z.infer<ReturnType<typeof simultaneousSchema>>;
export type SequentialConfiguration = z.infer<ReturnType<typeof sequentialSchema>>;
export type TrustRegionConfiguration = z.infer<ReturnType<typeof trustRegionSchema>>;

export const a2poSchema = z.strictObject({
  ...base,
  ...a2poOptions,
  sharing: sharing('none'),
  normaliseAdvantages: normaliseAdvantages('team'),
  policy: ppo.prefault({}),
  critic: critic('state').prefault({}),
});

export const coppoSchema = z.strictObject({
  ...base,
  othersClip,
  sharing: sharing('team'),
  normaliseAdvantages: normaliseAdvantages('team'),
  policy: ppo.prefault({}),
  critic: critic('state').prefault({}),
});

export type A2poConfiguration = z.infer<typeof a2poSchema>;
export type CoppoConfiguration = z.infer<typeof coppoSchema>;
