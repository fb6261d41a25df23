import type { EnvironmentSpec } from '../environment';
import { type Frame, layoutOf } from '../frame';
import { boundOf, contains, type Space, widthOf } from '../space';

/** The fields of a frame that show one moment: the plain ones, or those of an ended episode. */
export interface Moment {
  readonly observations: Float32Array;
  readonly state: Float32Array;
  readonly available: Uint8Array;
  readonly active: Uint8Array;
}

export const momentNow = (frame: Frame): Moment => ({
  observations: frame.observations,
  state: frame.state,
  available: frame.availableActions,
  active: frame.active,
});

export const momentFinal = (frame: Frame): Moment => ({
  observations: frame.finalObservations,
  state: frame.finalState,
  available: frame.finalAvailableActions,
  active: frame.finalActive,
});

/** Fill a frame with values that no world writes, so that what is left unwritten shows. */
export const spoil = (spec: EnvironmentSpec, frame: Frame): void => {
  const { agents, observationWidth, actionCount } = layoutOf(spec);
  const unwritten = 255;
  for (const { observations, state, available, active } of [momentNow(frame), momentFinal(frame)]) {
    for (let row = 0; row < frame.copies * agents; row++) {
      // Only what the agent uses: nobody writes the rest of a row.
      const { observation, action } = spec.agents[row % agents];
      observations.fill(Number.NaN, row * observationWidth, row * observationWidth + widthOf(observation));
      const count = action.kind === 'discrete' ? action.size : 0;
      available.fill(unwritten, row * actionCount, row * actionCount + count);
    }
    state.fill(Number.NaN);
    active.fill(unwritten);
  }
  for (const values of [frame.rewards, frame.metrics]) values.fill(Number.NaN);
  for (const values of [frame.started, frame.terminated, frame.truncated]) values.fill(unwritten);
};

const valueFault = (space: Space, value: Float32Array): string | undefined => {
  const entry = value.findIndex((number) => !Number.isFinite(number));
  if (entry >= 0) return `has ${value[entry]} at entry ${entry}; every entry must be written and finite`;
  if (contains(space, value)) return undefined;
  if (space.kind === 'discrete') return `is ${value[0]}, outside its space of 0 to ${space.size - 1}`;
  const within = (number: number, at: number) =>
    number >= boundOf(space.low, at) && number <= boundOf(space.high, at);
  const at = value.findIndex((number, each) => !within(number, each));
  return `has ${value[at]} at entry ${at}, outside its bounds ${boundOf(space.low, at)} to ${boundOf(space.high, at)}`;
};

/** What is wrong with the moment that one copy shows, if anything. */
export const momentFault = (spec: EnvironmentSpec, moment: Moment, copy: number): string | undefined => {
  const { agents, observationWidth, stateWidth, actionCount } = layoutOf(spec);
  for (let agent = 0; agent < agents; agent++) {
    const { id, observation, action } = spec.agents[agent];
    const row = copy * agents + agent;
    const start = row * observationWidth;
    const seen = moment.observations.subarray(start, start + widthOf(observation));
    const problem = valueFault(observation, seen);
    if (problem) return `the observation of agent ${id} ${problem}`;
    const active = moment.active[row];
    if (active > 1) return `the active mask of agent ${id} is not written`;
    if (active === 0 && !spec.agentsDie) return `agent ${id} is inactive, but spec.agentsDie is false`;
    if (action.kind === 'box') continue;
    const mask = moment.available.subarray(row * actionCount, row * actionCount + action.size);
    if (mask.some((each) => each > 1))
      return `the available actions of agent ${id} are [${mask}]; write 0 or 1`;
    if (!mask.includes(1)) return `agent ${id} has no available action; leave it at least one`;
  }
  const problem = valueFault(spec.state, moment.state.subarray(copy * stateWidth, (copy + 1) * stateWidth));
  return problem && `the state ${problem}`;
};
