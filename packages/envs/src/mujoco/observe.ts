import { type Reading, type Values, writeReadings } from './reading';
import type { Rules } from './rules';

/** Writes what an agent sees into a row of zeros. */
export type Observe = (values: Values, agent: number, into: Float32Array) => void;

/** Bring numbers to mean 0 and deviation 1. */
const standardise = (numbers: Float64Array): void => {
  const count = numbers.length;
  const mean = numbers.reduce((sum, value) => sum + value, 0) / count;
  const variance = numbers.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count;
  const deviation = variance > 0 ? Math.sqrt(variance) : 1;
  for (let index = 0; index < count; index++) numbers[index] = (numbers[index] - mean) / deviation;
};

const standardised = (readings: readonly Reading[], others: number): Observe => {
  const row = new Float64Array(readings.length + others);
  return (values, agent, into) => {
    writeReadings(readings, values, row);
    row.fill(0, readings.length);
    if (others > 0) row[readings.length + agent] = 1;
    standardise(row);
    into.set(row);
  };
};

export const createObserve = ({ observation, observations, body, agents }: Rules): Observe => {
  if (observation === 'standardised') return standardised(body.observation, agents.length);
  if (observation === 'full') return (values, _agent, into) => writeReadings(body.observation, values, into);
  return (values, agent, into) => writeReadings(observations[agent], values, into);
};

/** How many numbers each agent sees. */
export const observationWidths = (rules: Rules): number[] => {
  const { observation, observations, body, agents, wrapper } = rules;
  if (observation === 'standardised') return agents.map(() => body.observation.length + agents.length);
  if (observation === 'full') return agents.map(() => body.observation.length);
  const widths = observations.map((readings) => readings.length);
  // The original fills up the rows of those who see less with zeros.
  return wrapper === 'original' ? widths.map(() => Math.max(...widths)) : widths;
};

/** Writes the global state: what a single agent would see; standardised where observations are (HARL). */
export const createState = ({ observation, body }: Rules): ((values: Values, into: Float32Array) => void) => {
  if (observation !== 'standardised') return (values, into) => writeReadings(body.observation, values, into);
  const write = standardised(body.observation, 0);
  return (values, into) => write(values, 0, into);
};
