import type { Algorithm, Learner } from '@murmuration/core';
import {
  type HystereticConfiguration,
  hystereticSchema,
  type I2qConfiguration,
  type IqssConfiguration,
  i2qSchema,
  iqssSchema,
  type Ma2qlConfiguration,
  ma2qlSchema,
  type QConfiguration,
  qSchema,
} from './config';
import { createTabularTeam, type Kind, membershipOf, type TeamContext } from './learner';
import { scheduled } from './method';
import * as papers from './papers';
import { createTabularI2q } from './tabular/i2q';
import { createTabularIqss } from './tabular/iqss';
import { createTabularQ } from './tabular/q';
import { refuseInfinite } from './worlds';

/** Loaded only for networks, so that tables need no tensors. */
const deepTeams = () => import('./deep/teams');

const titles = {
  sma: 'all agents explore and learn at once',
  roma: 'agents take turns to collect, by seniority',
};

const iqss = (kind: Kind, kappa: number): Algorithm<IqssConfiguration> =>
  scheduled({
    id: `${kind}-iqss`,
    name: `${kind.toUpperCase()}-iQSS`,
    summary: `Each agent learns values Q(s, s′) of what follows what; ${titles[kind]}.`,
    kind,
    kappa,
    paper: papers.romaIqss,
    capabilities: { observations: ['discrete'] },
    configuration: iqssSchema(kappa),
    tabular: (team, values) =>
      createTabularTeam(team, values.timeLimit, (sizes, agent) =>
        createTabularIqss(sizes, { ...values, ...membershipOf(values, agent, team.options) }, agent.random),
      ),
    deep: async (team, values) => (await deepTeams()).iqssTeam(team, values),
    refuseDeep: (spec) => refuseInfinite(spec, `for best neighbours; take ${kind}-i2q with learner=deep`),
  });

const i2q = (kind: Kind): Algorithm<I2qConfiguration> =>
  scheduled({
    id: `${kind}-i2q`,
    name: `${kind.toUpperCase()}-I2Q`,
    summary: `Each agent learns Q(s, a) as if the others answered ideally; ${titles[kind]}.`,
    kind,
    kappa: 0,
    paper: papers.i2q,
    configuration: i2qSchema(0),
    tabular: (team, values) =>
      createTabularTeam(team, values.timeLimit, (sizes, agent) =>
        createTabularI2q(sizes, { ...values, ...membershipOf(values, agent, team.options) }),
      ),
    deep: async (team, values) => (await deepTeams()).i2qTeam(team, values),
  });

const createQTeam = (team: TeamContext, values: QConfiguration, lossRate: number): Learner =>
  createTabularTeam(team, values.timeLimit, (sizes) => createTabularQ(sizes, { ...values, lossRate }));

const iql = (kind: Kind): Algorithm<QConfiguration> =>
  scheduled({
    id: `${kind}-iql`,
    name: `${kind.toUpperCase()}-indQ`,
    summary: `Independent Q-learning; ${titles[kind]}.`,
    kind,
    kappa: 0,
    paper: papers.independentQ,
    configuration: qSchema,
    capabilities: { individualRewards: true },
    tabular: (team, values) => createQTeam(team, values, values.learningRate),
    deep: async (team, values) => (await deepTeams()).qTeam(team, values, 1),
  });

const hysteretic = (kind: Kind): Algorithm<HystereticConfiguration> =>
  scheduled({
    id: `${kind}-hysteretic`,
    name: `${kind.toUpperCase()}-hysteretic Q`,
    summary: `Q-learning in which bad news counts less than good; ${titles[kind]}.`,
    kind,
    kappa: 0,
    paper: papers.hystereticQ,
    configuration: hystereticSchema,
    capabilities: { individualRewards: true },
    tabular: (team, values) => createQTeam(team, values, values.lossRate),
    deep: async (team, values) =>
      (await deepTeams()).qTeam(team, values, values.lossRate / values.learningRate),
  });

export const romaIqss = iqss('roma', 5);
export const smaIqss = iqss('sma', 0);
export const romaI2q = i2q('roma');
export const smaI2q = i2q('sma');
export const romaIql = iql('roma');
export const smaIql = iql('sma');
export const romaHysteretic = hysteretic('roma');
export const smaHysteretic = hysteretic('sma');

export const ma2ql: Algorithm<Ma2qlConfiguration> = scheduled({
  id: 'ma2ql',
  name: 'MA2QL',
  summary: 'Independent Q-learning in turns, while the others hold their policies and explore a little.',
  kind: 'roma',
  kappa: 0,
  paper: papers.ma2ql,
  configuration: ma2qlSchema,
  capabilities: { individualRewards: true },
  tabular: (team, values) => createQTeam(team, values, values.learningRate),
  deep: async (team, values) => (await deepTeams()).qTeam(team, values, 1),
});
