import type { Capabilities, Defaults, EnvironmentSpec } from '@murmuration/core';
import { jointActionsOf } from './tabular/central';
import { sizesOf } from './tabular/transition';

export const packageName = '@murmuration/iqss-roma';

/** Tables beyond this many entries would fill memory rather than learn. */
const largestTable = 2 ** 24;

export const capabilities: Capabilities = {
  observations: ['discrete', 'box'],
  actions: ['discrete'],
  individualRewards: false,
  differentAgents: true,
  dyingAgents: false,
};

const finite = (spec: EnvironmentSpec): boolean =>
  spec.state.kind === 'discrete' && spec.agents.every(({ observation }) => observation.kind === 'discrete');

/** @param advice what for, and what to do instead. */
export const refuseInfinite = (spec: EnvironmentSpec, advice: string): string | undefined =>
  finite(spec) ? undefined : `its observations or states are no finite set ${advice}`;

/** Why tables cannot hold what agents see of a world; nothing if they can. */
export const refuseTables = (spec: EnvironmentSpec): string | undefined => {
  const infinite = refuseInfinite(spec, 'for tables; set learner=deep');
  if (infinite) return infinite;
  const largest = Math.max(
    ...spec.agents.map((_, agent) => sizesOf(spec, agent).states * sizesOf(spec, agent).actions),
  );
  return largest > largestTable
    ? `a table would have ${largest} entries, at most ${largestTable} are held; set learner=deep`
    : undefined;
};

export const refuseJointTable = (spec: EnvironmentSpec): string | undefined => {
  if (!finite(spec))
    return 'its observations or states are no finite set for a table; take another algorithm';
  const joint = jointActionsOf(spec) * sizesOf(spec, 0).states;
  return joint > largestTable
    ? `a table over ${jointActionsOf(spec)} joint actions would have ${joint} entries, at most ${largestTable} are held; take an independent learner, for example roma-iqss`
    : undefined;
};

/** Environment steps of figure 3 of the paper, read off its axes; for other numbers of agents as many for each. */
export const coordinationSteps = (agents: number): number =>
  new Map([
    [3, 115_000],
    [5, 200_000],
    [7, 300_000],
  ]).get(agents) ?? 43_000 * agents;

const isCoordination = (spec: EnvironmentSpec): boolean => spec.id.startsWith('coordination/');

/** Environment steps and the length of a turn for a world; the paper's for its task, short turns for small worlds. */
export const planFor = (spec: EnvironmentSpec): { readonly steps: number; readonly turn: number } => {
  const agents = spec.agents.length;
  if (isCoordination(spec)) {
    return { steps: coordinationSteps(agents), turn: 13_000 };
  }
  // Three rounds. Networks need some hundred updates in each turn, tables much less.
  const turn = spec.episodeLimit === 1 ? 2000 : 5000;
  return { steps: 3 * turn * agents, turn };
};

/** What the paper's task was learned with, as far as it is stated or reconstructed. */
export const paperValues = {
  learner: 'tabular',
  discount: 0.99,
  learningRate: 0.1,
  schedule: { turn: 13_000, epsilon: 0.8 },
  deep: { rewardScale: 0.01 },
};

/** Whether rewards are those of the paper's task, hundreds; elsewhere they are taken to be about 1. */
const paysHundreds = (spec: EnvironmentSpec): boolean => isCoordination(spec) || spec.id.startsWith('flag/');

/** @param sticks whether the choice sticks: then within 5, or where rewards are about 1, within 0.02. */
export const defaultsFor = (spec: EnvironmentSpec, sticks: boolean): Defaults => {
  const { steps, turn } = planFor(spec);
  const learner = finite(spec) ? 'tabular' : 'deep';
  const scale = paysHundreds(spec) ? {} : { ...(sticks ? { kappa: 0.02 } : {}), deep: { rewardScale: 1 } };
  return { steps, copies: 1, values: { learner, schedule: { turn }, ...scale } };
};
