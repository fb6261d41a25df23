import type { Algorithm, EnvironmentSpec } from '@murmuration/core';
import {
  type CentralQConfiguration,
  type CentralQssConfiguration,
  centralQSchema,
  centralQssSchema,
} from './config';
import * as papers from './papers';
import { centralLearner, jointActionsOf } from './tabular/central';
import { createTabularIqss } from './tabular/iqss';
import { createTabularQ } from './tabular/q';
import { type Sizes, sizesOf } from './tabular/transition';
import { capabilities, packageName, planFor, refuseJointTable } from './worlds';

const jointSizes = (spec: EnvironmentSpec): Sizes => ({
  states: sizesOf(spec, 0).states,
  actions: jointActionsOf(spec),
});

const central = {
  package: packageName,
  paper: papers.romaIqss,
  capabilities: { ...capabilities, observations: ['discrete'] as const },
  presets: {
    paper: {
      meaning: 'the values of the ROMA-iQSS paper’s coordination task, whatever the world',
      values: { discount: 0.99, learningRate: 0.1, epsilon: 0.8 },
    },
  },
  defaults: (spec: EnvironmentSpec) => ({ steps: planFor(spec).steps, copies: 1, values: {} }),
  refuse: refuseJointTable,
};

/** Equation (1): the upper bound that one table over all joint actions reaches. */
export const centralQ: Algorithm<CentralQConfiguration> = {
  ...central,
  id: 'central-q',
  name: 'cenQ',
  summary: 'Q-learning over joint actions by one learner who decides for all: an upper bound.',
  configuration: centralQSchema,
  create: (spec, values, random) =>
    centralLearner(
      spec,
      createTabularQ(jointSizes(spec), { ...values, lossRate: values.learningRate, kappa: 0 }),
      values,
      random,
    ),
};

/** QSS over joint actions: values Q(s, s′) learned by one who knows what everybody does. */
export const centralQss: Algorithm<CentralQssConfiguration> = {
  ...central,
  id: 'central-qss',
  name: 'cQSS',
  summary: 'Values Q(s, s′) learned over joint actions by one learner who decides for all: an upper bound.',
  configuration: centralQssSchema,
  create: (spec, values, random) => {
    const window = values.window === 'unlimited' ? Number.POSITIVE_INFINITY : values.window;
    const rule = createTabularIqss(jointSizes(spec), { ...values, window }, random.split());
    return centralLearner(spec, rule, values, random);
  },
};
