// Two agents pull one of two levers at once; equal choices pay 1. Ten pulls are an episode.
const agent = (id) => ({
  id,
  species: 'puller',
  observation: { kind: 'discrete', size: 1 },
  action: { kind: 'discrete', size: 2 },
});

const spec = {
  id: 'lever/2',
  agents: [agent('left'), agent('right')],
  state: { kind: 'discrete', size: 1 },
  sharedReward: true,
  episodeLimit: 10,
  agentsDie: false,
  metrics: [],
  nonStationary: false,
};

export const makeLever = (change = {}) => {
  let pulls = 0;
  return {
    spec,
    reset() {
      pulls = 0;
    },
    step(actions) {
      pulls++;
      return { reward: actions[0] === actions[1] ? 1 : 0, terminated: false, truncated: pulls === 10 };
    },
    observe() {},
    state() {},
    save: () => ({ pulls }),
    restore(state) {
      pulls = state.pulls;
    },
    ...change,
  };
};

export default () => makeLever();
