import {
  type Ablation,
  type Algorithm,
  type EnvironmentFamily,
  type Experiment,
  nearestName,
} from '@murmuration/core';
import {
  coordinationFamily,
  differentialFamily,
  flagFamily,
  gridFamily,
  matrixGameFamily,
  mpeFamily,
  mujocoFamily,
  smaxFamily,
} from '@murmuration/envs';
import * as iqssRoma from '@murmuration/iqss-roma';
import * as ppsQmix from '@murmuration/pps-qmix';
import * as trustRegion from '@murmuration/sequential-trust-region';
import { UsageError } from './failure';

/** Every algorithm that there is. To add a package's: one import and one line. */
export const algorithms: readonly Algorithm[] = [
  iqssRoma.romaIqss,
  iqssRoma.smaIqss,
  iqssRoma.romaI2q,
  iqssRoma.smaI2q,
  iqssRoma.romaIql,
  iqssRoma.smaIql,
  iqssRoma.romaHysteretic,
  iqssRoma.smaHysteretic,
  iqssRoma.ma2ql,
  iqssRoma.centralQ,
  iqssRoma.centralQss,
  ppsQmix.qmix,
  ppsQmix.vdn,
  ppsQmix.iql,
  ppsQmix.aPpsQmix,
  ppsQmix.rsPpsQmix,
  ppsQmix.ppPpsQmix,
  trustRegion.ippo,
  trustRegion.mappo,
  trustRegion.happo,
  trustRegion.clipHappo,
  trustRegion.hatrpo,
  trustRegion.clipHatrpo,
  trustRegion.a2po,
  trustRegion.coppo,
] as readonly Algorithm[];

/** Every family of environments that there is. */
export const families: readonly EnvironmentFamily[] = [
  coordinationFamily,
  flagFamily,
  matrixGameFamily,
  differentialFamily,
  gridFamily,
  smaxFamily,
  mpeFamily,
  mujocoFamily,
];

/** Every paper's experiment that `reproduce` knows. */
export const experiments: readonly Experiment[] = [
  iqssRoma.romaIqssExperiment,
  ppsQmix.ppsQmixExperiment,
  trustRegion.lowVarianceExperiment,
];

const unknown = (kind: string, name: string, known: readonly string[], list: string): UsageError => {
  const near = nearestName(name, known);
  const advice = near ? `did you mean ${near}?` : `${list} shows what there is`;
  return new UsageError(`there is no ${kind} ${JSON.stringify(name)}; ${advice}`);
};

/** @throws UsageError naming the nearest id. */
export const findAlgorithm = (id: string): Algorithm => {
  const found = algorithms.find((algorithm) => algorithm.id === id);
  if (found) return found;
  const ids = algorithms.map((algorithm) => algorithm.id);
  throw unknown('algorithm', id, ids, 'murmuration list');
};

/** The family of an environment id and the variant in it. @throws UsageError naming the nearest id. */
export const findFamily = (id: string): { family: EnvironmentFamily; variant: string } => {
  const slash = id.indexOf('/');
  const name = slash < 0 ? id : id.slice(0, slash);
  const variant = slash < 0 ? '' : id.slice(slash + 1);
  const family = families.find((each) => each.family === name);
  if (family && variant !== '') return { family, variant };
  const near =
    family ??
    families.find(
      (each) =>
        each.family ===
        nearestName(
          name,
          families.map((one) => one.family),
        ),
    );
  const known = near ? [`${near.family}/${variant || near.variants[0]}`] : [];
  if (known.length > 0)
    throw new UsageError(`there is no environment ${JSON.stringify(id)}; did you mean ${known[0]}?`);
  throw unknown(
    'environment',
    id,
    families.flatMap((each) => each.variants.map((one) => `${each.family}/${one}`)),
    'murmuration list',
  );
};

/** @throws UsageError naming the nearest id. */
export const findExperiment = (id: string): Experiment => {
  const found = experiments.find((experiment) => experiment.id === id);
  if (found) return found;
  const ids = experiments.map((experiment) => experiment.id);
  throw unknown('experiment', id, ids, 'murmuration list');
};

/** @throws UsageError naming the nearest one, or all. */
export const findAblation = ({ id, ablations }: Experiment, name: string): Ablation => {
  if (Object.hasOwn(ablations, name)) return ablations[name];
  const names = Object.keys(ablations);
  const near = nearestName(name, names);
  const advice = near ? `did you mean ${near}?` : `known are ${names.join(', ')}`;
  throw new UsageError(`${id} has no ablation ${JSON.stringify(name)}; ${advice}`);
};
