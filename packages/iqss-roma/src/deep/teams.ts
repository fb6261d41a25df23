import type { Learner } from '@murmuration/core';
import { ready } from '@murmuration/core/tensors';
import type { I2qConfiguration, IqssConfiguration, QConfiguration } from '../config';
import { createTeam, membershipOf, type TeamContext } from '../learner';
import { deepI2q } from './i2q';
import { deepIqss } from './iqss';
import { deepQ } from './q';

const capacityOf = (capacity: number | 'turn', { options }: TeamContext): number =>
  capacity === 'turn' ? options.turn : capacity;

/** A team of deep iQSS learners. */
export const iqssTeam = async (team: TeamContext, values: IqssConfiguration): Promise<Learner> => {
  await ready();
  return createTeam(team, (agent) => {
    const { delta } = membershipOf({ ...values, delta: values.deep.delta }, agent, team.options);
    const capacity = capacityOf(values.deep.capacity, team);
    const options = { ...values, ...values.deep, delta, capacity };
    return deepIqss(agent.spec, agent.agent, options, agent.random);
  });
};

/** A team of deep I2Q learners. */
export const i2qTeam = async (team: TeamContext, values: I2qConfiguration): Promise<Learner> => {
  await ready();
  return createTeam(team, (agent) => {
    const options = { ...values, ...values.deep, capacity: capacityOf(values.deep.capacity, team) };
    return deepI2q(agent.spec, agent.agent, options, agent.random);
  });
};

/** A team of deep Q-learners. @param lossWeight of results worse than expected, 1 for none. */
export const qTeam = async (
  team: TeamContext,
  values: QConfiguration,
  lossWeight: number,
): Promise<Learner> => {
  await ready();
  return createTeam(team, (agent) => {
    const capacity = capacityOf(values.deep.capacity, team);
    const options = { ...values, ...values.deep, capacity, lossWeight };
    return deepQ(agent.spec, agent.agent, options, agent.random);
  });
};
