import { discrete, type Environment, stateNumber } from '@murmuration/core';

const cars = ['north', 'east'];

/** Two cars come to a crossing, each in a hurry of 0, 1 or 2. One should wait, and not the one that is later. */
export default (): Environment => {
  let hurry = [0, 0];
  let waited = 0;
  return {
    spec: {
      id: 'crossing/2',
      agents: cars.map((id) => ({ id, species: 'car', observation: discrete(9), action: discrete(2) })),
      state: discrete(9),
      sharedReward: true,
      episodeLimit: 5,
      agentsDie: false,
      metrics: ['waited'],
      nonStationary: false,
    },
    reset(random) {
      hurry = cars.map(() => random.integer(3));
      waited = 0;
    },
    step(actions) {
      const going = cars.map((_, car) => actions[car] === 1);
      if (going[0] && going[1]) return { reward: -10, terminated: true, truncated: false };
      if (going[0] || going[1])
        return { reward: 1 + hurry[going[0] ? 0 : 1], terminated: true, truncated: false };
      waited++;
      return { reward: -1, terminated: false, truncated: waited === 5 };
    },
    observe(_car, observation) {
      observation[0] = 3 * hurry[0] + hurry[1];
    },
    state(state) {
      state[0] = 3 * hurry[0] + hurry[1];
    },
    metrics(metrics) {
      metrics[0] = waited;
    },
    save: () => ({ north: hurry[0], east: hurry[1], waited }),
    restore(state) {
      hurry = [stateNumber(state, 'north'), stateNumber(state, 'east')];
      waited = stateNumber(state, 'waited');
    },
  };
};
