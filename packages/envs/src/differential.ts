import {
  box,
  type Environment,
  type EnvironmentFamily,
  parseConfiguration,
  stateArray,
  stateNumber,
} from '@murmuration/core';
import { z } from 'zod';
import { differentialScene } from './differentialScene';
import { numberIn } from './variant';

/** Radius of the peak for 1 to 5 agents, from the released code. */
const peakRadii = [0.1, 0.12, 0.25, 0.38, 0.51];

const optionsSchema = z.strictObject({
  peak: z
    .number()
    .gt(0)
    .max(0.6)
    .optional()
    .describe('radius of the high peak; by number of agents 0.1, 0.12, 0.25, 0.38, 0.51 where left out'),
  speed: z.number().gt(0).max(1).default(0.1).describe('how far the largest action moves an agent'),
  episodeLimit: z.int().min(1).max(10_000).default(25).describe('steps of an episode'),
});

const directSchema = optionsSchema.extend({
  agents: z.int().min(1).max(5).describe('number of agents'),
});

export type DifferentialOptions = z.infer<typeof directSchema>;
export type DifferentialInput = z.input<typeof directSchema>;

/**
 * What a distance from the centre pays: up to 1 within `peak`, nothing up to 0.6, up to 0.3 in the ring around 0.8,
 * nothing from 1 on.
 */
export const differentialReward = (distance: number, peak: number): number => {
  if (distance < peak) return 0.5 * (Math.cos((Math.PI / peak) * distance) + 1);
  if (distance < 0.6 || distance >= 1) return 0;
  return 0.15 * (Math.cos(15 * (distance - 0.8)) + 1);
};

const make = ({ agents, speed, episodeLimit, ...options }: DifferentialOptions): Environment => {
  const peak = options.peak ?? peakRadii[agents - 1];
  const space = box([agents], -1, 1);
  const places = new Float64Array(agents);
  let step = 0;
  const distance = (): number => {
    const squares = places.reduce((sum, place) => sum + place * place, 0);
    return Math.sqrt((2 / agents) * squares);
  };
  return {
    spec: {
      id: `differential/${agents}`,
      agents: Array.from({ length: agents }, (_, agent) => ({
        id: `agent-${agent}`,
        species: 'agent',
        observation: space,
        action: box([1], -1, 1),
      })),
      state: space,
      sharedReward: true,
      episodeLimit,
      agentsDie: false,
      metrics: ['finalDistance'],
      nonStationary: false,
    },
    reset(random) {
      for (let agent = 0; agent < agents; agent++) places[agent] = 2 * random.uniform() - 1;
      step = 0;
    },
    step(actions) {
      const reward = differentialReward(distance(), peak);
      for (let agent = 0; agent < agents; agent++) {
        const action = Math.max(-1, Math.min(1, actions[agent]));
        places[agent] = Math.max(-1, Math.min(1, places[agent] + speed * action));
      }
      step++;
      return { reward, terminated: false, truncated: step === episodeLimit };
    },
    observe: (_agent, observation) => observation.set(places),
    state: (state) => state.set(places),
    metrics(metrics) {
      metrics[0] = distance();
    },
    draw: () => differentialScene({ places, distance: distance(), peak, step }),
    save: () => ({ places: places.slice(), step }),
    restore(state) {
      places.set(stateArray(state, 'places', Float64Array, agents));
      step = stateNumber(state, 'step');
    },
  };
};

/**
 * The differential game: each agent moves one coordinate, and a narrow high peak lies within a wide low ring that
 * draws agents away from it.
 *
 * Source: I2Q (Jiang and Lu, NeurIPS 2022) and its released code, which fixes dynamics, rewards, peak radii and the 25
 * steps. Ours: π instead of 3.14, so that the reward is continuous at the edge of the peak; actions are clipped.
 *
 * Dynamics: each x is drawn from U(-1, 1), then `x += speed * action`, clipped to [-1, 1]; deterministic.
 * Reward, shared, for the place that is left: {@link differentialReward} of `sqrt(2 / agents * Σ x²)`.
 * State and observation, box `[agents]` in [-1, 1]: all coordinates. Action, box `[1]` in [-1, 1].
 * Never terminates; truncated after `episodeLimit` steps, so a learner should bootstrap there.
 * Metric: `finalDistance`, the distance from the peak's centre at the end.
 * @throws ConfigurationError for an option that does not exist, or out of range.
 */
export const differential = (options: DifferentialInput): Environment =>
  make(parseConfiguration('@murmuration/envs differential', directSchema, options));

export const differentialFamily: EnvironmentFamily<z.infer<typeof optionsSchema>> = {
  family: 'differential',
  summary: 'each agent moves one coordinate; a narrow high peak lies within a wide low ring',
  package: '@murmuration/envs',
  variants: ['1', '2', '3', '4', '5'],
  variantMeaning: 'number of agents, 1 to 5',
  options: optionsSchema,
  create(variant, options = {}) {
    const agents = numberIn('differential', variant, 'agents', 1, 5);
    const parsed = parseConfiguration(`@murmuration/envs differential/${agents}`, optionsSchema, options);
    return () => make({ ...parsed, agents });
  },
};
