import { describe, expect, it } from 'vitest';
import { checkEnvironment } from '../checkEnvironment';
import type {
  Environment,
  EnvironmentFactory,
  EnvironmentSpec,
  Outcome,
  VectorEnvironment,
} from '../environment';
import { EnvironmentError } from '../errors';
import { ended, type Frame } from '../frame';
import type { Random } from '../random';
import { box, discrete } from '../space';
import { type State, stateArray, stateNumber } from '../state';
import { vectorize } from '../vectorize';
import { environmentTests, testEnvironment } from './environment';

const spec: EnvironmentSpec = {
  id: 'walk/2',
  agents: [
    { id: 'left', species: 'walker', observation: box([2], -1, 10), action: discrete(3) },
    { id: 'right', species: 'walker', observation: box([1], 0, 10), action: discrete(2) },
  ],
  state: box([2], 0, 10),
  sharedReward: true,
  episodeLimit: 9,
  agentsDie: true,
  metrics: ['steps'],
  nonStationary: false,
};

/** What a broken world does otherwise than a sound one. */
interface Fault {
  spec?: Partial<EnvironmentSpec>;
  change?(world: Environment, inner: { places: Float32Array; step: number }): Partial<Environment>;
}

/**
 * Two walkers on the line 0 … 9: one may stand, go left or go right, where there is room; the other stands or goes
 * left, and is out at 0. A gust may push the first one to the right. Over when both are at 0.
 */
const walk = ({ spec: otherSpec, change }: Fault = {}): Environment => {
  const inner = { places: new Float32Array(2), step: 0 };
  const { places } = inner;
  const world: Environment = {
    spec: { ...spec, ...otherSpec },
    reset(random) {
      places[0] = random.integer(10);
      places[1] = 1 + random.integer(9);
      inner.step = 0;
    },
    step(actions, random) {
      places[0] += [0, -1, 1][actions[0]];
      if (random.uniform() < 0.2) places[0] = Math.min(9, places[0] + 1);
      if (places[1] > 0 && actions[1] === 1) places[1]--;
      inner.step++;
      const terminated = places[0] === 0 && places[1] === 0;
      return { reward: -places[0], terminated, truncated: !terminated && inner.step === 9 };
    },
    observe(agent, observation) {
      observation[0] = places[agent];
      if (agent === 0) observation[1] = inner.step === 0 ? -1 : 1;
    },
    state: (state) => state.set(places),
    availableActions(agent, available) {
      if (agent === 0 && places[0] === 0) available[1] = 0;
      if (agent === 0 && places[0] === 9) available[2] = 0;
    },
    active: (agent) => agent === 0 || places[1] > 0,
    metrics(metrics) {
      metrics[0] = inner.step;
    },
    save: () => ({ places: places.slice(), step: inner.step }),
    restore(state) {
      places.set(stateArray(state, 'places', Float32Array, 2));
      inner.step = stateNumber(state, 'step');
    },
  };
  return { ...world, ...change?.({ ...world }, inner) };
};

const outcome =
  (change: (outcome: Outcome, step: number) => Partial<Outcome>): Fault['change'] =>
  (world, inner) => ({
    step(actions, random) {
      const made = world.step(actions, random);
      return { ...made, ...change(made, inner.step) };
    },
  });

const agents = (change: Partial<EnvironmentSpec['agents'][number]>): Partial<EnvironmentSpec> => ({
  agents: [spec.agents[0], { ...spec.agents[1], ...change }],
});

/** Shared by all worlds, as a module's variable would be. */
let shared = 0;

const specFaults: Record<string, [Partial<EnvironmentSpec>, RegExp]> = {
  'no agents': [{ agents: [] }, /walk\/2: spec\.agents must list at least one agent/],
  'equal ids': [agents({ id: 'left' }), /two agents have the id left; each needs its own/],
  'no species': [agents({ species: '' }), /agent 1 needs an id and a species/],
  'no observation': [
    agents({ observation: undefined }),
    /the observation of agent right is undefined; use discrete\(\) or box\(\)/,
  ],
  'an empty action space': [
    agents({ action: discrete(0) }),
    /the action of agent right has size 0; give a whole number/,
  ],
  'more states than float32 counts': [{ state: discrete(2 ** 24 + 1) }, /the state has size 16777217/],
  'a shape that is none': [
    { state: box([2.5]) },
    /the state has shape \[2\.5\]; give positive whole numbers/,
  ],
  'too few bounds': [{ state: box([2], [0], 9) }, /the state has 1 bounds for 2 entries/],
  'crossed bounds': [{ state: box([2], 3, 2) }, /the state is bounded by 3 and 2/],
  'no limit': [{ episodeLimit: 0 }, /spec\.episodeLimit is 0; give a number of steps, or leave it out/],
  'the metric return': [{ metrics: ['return'] }, /the metric return is always reported/],
  'the same metric twice': [{ metrics: ['a', 'a'] }, /spec\.metrics must be a list of different names/],
  'no word on dying': [{ agentsDie: undefined }, /spec\.agentsDie is undefined; give true or false/],
};

const faults: Record<string, [Fault, RegExp]> = {
  'no save': [
    { change: () => ({ save: undefined }) },
    /walk\/2: there is no function save; every world needs/,
  ],
  'metrics that nobody writes': [
    { change: () => ({ metrics: undefined }) },
    /spec\.metrics names metrics, but there is no function metrics/,
  ],
  'a metric left out': [
    { spec: { metrics: ['steps', 'wins'] } },
    /in step \d+, the metric wins is NaN at the end; write a number/,
  ],
  'an observation out of bounds': [
    { spec: agents({ observation: box([1], 0, 3) }) },
    /walk\/2: (after reset|in step \d+), the observation of agent right has \d at entry 0, outside its bounds 0 to 3/,
  ],
  'a discrete observation out of range': [
    { spec: agents({ observation: discrete(2) }) },
    /the observation of agent right is \d, outside its space of 0 to 1/,
  ],
  'NaN in the state': [
    { change: () => ({ state: (state) => state.fill(Number.NaN) }) },
    /after reset, the state has NaN at entry 0; every entry must be written and finite/,
  ],
  'a reward that is not finite': [
    { change: outcome((_, step) => (step === 3 ? { reward: Number.POSITIVE_INFINITY } : {})) },
    /in step 3, the reward of agent left is Infinity; it must be finite/,
  ],
  'a reward short of one agent': [
    { change: outcome(({ reward }) => ({ reward: [reward as number] })) },
    /in step 1, the reward of agent right is NaN/,
  ],
  'rewards that are not shared': [
    { change: outcome(() => ({ reward: [1, 2] })) },
    /agents receive different rewards, \[1,2\], but spec\.sharedReward is true/,
  ],
  'no available action': [
    { change: () => ({ availableActions: (_, available) => available.fill(0) }) },
    /after reset, agent left has no available action; leave it at least one/,
  ],
  'a mask of other numbers': [
    { change: () => ({ availableActions: (_, available) => available.fill(2) }) },
    /the available actions of agent left are \[2,2,2\]; write 0 or 1/,
  ],
  'a limit that is passed': [
    { spec: { episodeLimit: 5 } },
    /in step 5, an episode has run for 5 steps, but spec\.episodeLimit is 5/,
  ],
  'an agent that dies unannounced': [
    { spec: { agentsDie: false } },
    /agent right is inactive, but spec\.agentsDie is false/,
  ],
  'an agent that comes back': [
    { change: (_, inner) => ({ active: (agent) => agent === 0 || inner.step % 3 !== 1 }) },
    /in step 2, agent right is active again; an agent stays inactive until the episode ends/,
  ],
  'nobody left': [
    { change: (_, inner) => ({ active: () => inner.step < 2 }) },
    /in step 2, no agent is active, but the episode goes on; end it with terminated/,
  ],
  'chance from elsewhere': [
    {
      change: (world, { places }) => ({
        reset(random) {
          world.reset(random);
          places[0] = shared = (shared + 1) % 10;
        },
      }),
    },
    /two worlds with one seed and the same actions differ: after reset, .* draw every random number from the stream/,
  ],
  'a reset that forgets a part': [
    {
      change: (world, { places }) => ({
        reset(random) {
          const before = places[0];
          world.reset(random);
          places[0] = before;
        },
      }),
    },
    /reset leaves something of the past behind: after reset, observations of agent left, entry 0, is 0 and \d/,
  ],
  'something that is not saved': [
    { change: (world) => ({ save: () => ({ ...world.save(), step: 0 }) }) },
    /saved after step \d+ and restored, it goes on differently: \d+ steps later, .*; save everything/,
  ],
  'something that is not restored': [
    {
      change: (world, inner) => ({
        restore(state) {
          const before = inner.step;
          world.restore(state);
          inner.step = before;
        },
      }),
    },
    /restore after step \d+ takes over only a part of what save returned; set everything/,
  ],
  'a state that no file can hold': [
    { change: () => ({ save: () => ({ places: new Map() }) as unknown as State }) },
    /what save returns cannot be kept in a file: .*places" is a Map/,
  ],
  'a save that hands out its own array': [
    { change: (_, inner) => ({ save: () => ({ places: inner.places, step: inner.step }) }) },
    /save returns arrays that the world goes on writing to; return copies/,
  ],
  'an error of its own': [
    {
      change: (world) => ({
        step(actions: Float32Array, random: Random) {
          if (actions[0] === 2) throw new TypeError('legs is undefined');
          return world.step(actions, random);
        },
      }),
    },
    /walk\/2: step \d+ threw TypeError: legs is undefined$/,
  ],
};

/** Worlds in vectorised form whose frames are spoiled after each step. */
const spoiled =
  (spoil: (frame: Frame) => void): EnvironmentFactory =>
  ({ copies }): VectorEnvironment => {
    const world = vectorize(() => walk(), copies);
    return {
      ...world,
      step(actions, frame) {
        world.step(actions, frame);
        spoil(frame);
      },
    };
  };

const over = (frame: Frame): boolean => ended(frame, 0);

const frameFaults: Record<string, [(frame: Frame) => void, RegExp]> = {
  'an end that is both': [
    (frame) => over(frame) && frame.terminated.fill(1) && frame.truncated.fill(1),
    /in step \d+, terminated and truncated are both 1; an end is one of them/,
  ],
  'a start that is not told': [(frame) => frame.started.fill(0), /started is 0; it must be 1 after an end/],
  'a final observation that is not written': [
    (frame) => frame.finalObservations.fill(Number.NaN),
    /in step \d+, at the end, the observation of agent left has NaN at entry 0; every entry must be written/,
  ],
  'a final state that is not written': [
    (frame) => frame.finalState.fill(Number.NaN),
    /in step \d+, at the end, the state has NaN at entry 0/,
  ],
  'a mask that is not written': [
    (frame) => frame.active.fill(255),
    /in step 1, the active mask of agent left is not written/,
  ],
};

/** Copies that pay for what all of them do. */
const sharing: EnvironmentFactory = ({ copies }) => {
  let moves = 0;
  const one = () =>
    walk({
      change: (world) => ({
        reset(random) {
          moves = 0;
          world.reset(random);
        },
        step(actions, random) {
          moves += actions[0];
          return { ...world.step(actions, random), reward: moves };
        },
      }),
    });
  return vectorize(one, copies);
};

const broken: [string, EnvironmentFactory, RegExp][] = [
  ...Object.entries(specFaults).map(([name, [other, message]]): [string, EnvironmentFactory, RegExp] => [
    name,
    () => walk({ spec: other }),
    message,
  ]),
  ...Object.entries(faults).map(([name, [fault, message]]): [string, EnvironmentFactory, RegExp] => [
    name,
    () => walk(fault),
    message,
  ]),
  ...Object.entries(frameFaults).map(([name, [spoil, message]]): [string, EnvironmentFactory, RegExp] => [
    name,
    spoiled(spoil),
    message,
  ]),
  ['copies that share', sharing, /copy 0 depends on what others do: in step \d+, rewards of agent left/],
  [
    'no factory',
    3 as unknown as EnvironmentFactory,
    /the environment factory is a number; export a function/,
  ],
  ['no world', () => undefined as unknown as Environment, /the environment factory returned no environment/],
  ['no name', () => walk({ spec: { id: '' } }), /spec\.id is ; give the world a name/],
];

testEnvironment('a sound world', () => walk());
testEnvironment('a sound world in vectorised form', ({ copies }) => vectorize(() => walk(), copies));

describe('checkEnvironment', () => {
  it('lets a sound world pass, in either form', () => {
    checkEnvironment(() => walk());
    checkEnvironment(({ copies }) => vectorize(() => walk(), copies));
  });

  it.each(broken)('refuses %s', (_, factory, message) => {
    expect(() => checkEnvironment(factory)).toThrow(EnvironmentError);
    expect(() => checkEnvironment(factory)).toThrow(message);
  });

  it('says everything in one line', () => {
    for (const [, factory] of broken) {
      try {
        checkEnvironment(factory);
      } catch (error) {
        expect((error as Error).message).not.toContain('\n');
      }
    }
  });
});

describe('environmentTests', () => {
  /** Which tests fail, and why. */
  const failures = (factory: EnvironmentFactory, random?: boolean): string[] =>
    environmentTests(factory, { random, steps: 100 }).flatMap(([name, check]) => {
      try {
        check();
        return [];
      } catch (error) {
        return [`${name}: ${(error as Error).message}`];
      }
    });

  it('fails the test that belongs to the fault, and no other', () => {
    expect(failures(() => walk())).toEqual([]);
    expect(failures(() => walk(faults['something that is not restored'][0]))).toEqual([
      expect.stringMatching(/^goes on to the bit when saved and restored: walk\/2: restore after step/),
    ]);
    const [first] = failures(() => walk(faults['chance from elsewhere'][0]));
    expect(first).toMatch(/^repeats itself for equal seeds and actions: walk\/2: two worlds with one seed/);
  });

  it('takes a word on chance that is wrong', () => {
    expect(failures(() => walk(), false)).toEqual([
      expect.stringMatching(
        /^holds no chance: walk\/2: after reset, .* but the world is said to hold no chance/,
      ),
    ]);
    const settled: Fault['change'] = (world, { places }) => ({
      reset(random) {
        world.reset(random);
        places.fill(4);
      },
      step: (actions) => world.step(actions, { uniform: () => 1 } as Random),
    });
    expect(failures(() => walk({ change: settled }))).toEqual([
      expect.stringMatching(
        /^differs for other seeds: walk\/2: two seeds give the same frames for 100 steps/,
      ),
    ]);
  });
});
