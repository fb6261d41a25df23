import { describe, isRecord, MarlEvalError } from './marlEvalError.js';

/** Values of one evaluation by metric: one a test episode, or a single aggregate. */
export type MetricValues = Readonly<Record<string, readonly number[]>>;

/** One run in the marl-eval schema, as plain data. */
export type EvaluatedRun = {
  environment: string;
  task: string;
  algorithm: string;
  seed: number;
  /** In the order of `step`, which counts environment steps. */
  evaluations: readonly { step: number; elapsedSeconds?: number; metrics: MetricValues }[];
  /** The best policy evaluated again, on ten times the episodes (Gorsane et al. 2022); may be empty in what is read. */
  absolute: MetricValues;
};

/**
 * Reads a marl-eval file (as Mava and BenchMARL write it). Names are lower-cased as marl-eval does, and metrics
 * turned from `win_rate` into `winRate`. Runs may be ragged. What can be left out is left out with a warning
 * (values that are not finite, a run without absolute metrics); what cannot be understood is an error
 * that names its place.
 */
export const readMarlEval = (text: string): { runs: EvaluatedRun[]; warnings: string[] } => {
  const warnings: string[] = [];
  const runs: EvaluatedRun[] = [];
  for (const [environment, tasks] of entries(parse(text), [])) {
    for (const [task, algorithms] of entries(tasks, [environment])) {
      for (const [algorithm, seeds] of entries(algorithms, [environment, task])) {
        const taken = new Set<number>();
        for (const [key, run] of entries(seeds, [environment, task, algorithm])) {
          const place = [environment, task, algorithm, key];
          const seed = seedOf(key, place);
          if (taken.has(seed))
            throw new MarlEvalError(place, `seed ${seed} appears twice; renumber one of them`);
          taken.add(seed);
          runs.push({ environment, task, algorithm, seed, ...readRun(run, place, warnings) });
        }
      }
    }
  }
  return { runs, warnings };
};

/** `winRate` as marl-eval has it, `win_rate`; {@link metricName} is the inverse. */
export const metricKey = (name: string): string =>
  name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** `win_rate` as we have it, `winRate`. */
export const metricName = (key: string): string =>
  key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

const readRun = (
  run: unknown,
  place: readonly string[],
  warnings: string[],
): Pick<EvaluatedRun, 'evaluations' | 'absolute'> => {
  const evaluations: { step: number; elapsedSeconds?: number; metrics: MetricValues }[] = [];
  let absolute: MetricValues | undefined;
  for (const [key, value] of entries(run, place)) {
    const here = [...place, key];
    if (key.includes('absolute')) {
      absolute = readMetrics(value, here, warnings);
      continue;
    }
    const fields = new Map(entries(value, here));
    const step = fields.get('step_count');
    const elapsed = fields.get('elapsed_time');
    if (!isStep(step)) {
      throw new MarlEvalError(here, `step_count is ${describe(step)}; it must be a whole number from 0`);
    }
    if (elapsed !== undefined && typeof elapsed !== 'number') {
      throw new MarlEvalError(here, `elapsed_time is ${describe(elapsed)}; it must be a number of seconds`);
    }
    evaluations.push({
      step,
      ...(elapsed !== undefined && { elapsedSeconds: elapsed }),
      metrics: readMetrics(value, here, warnings),
    });
  }
  if (absolute === undefined) {
    warnings.push(`${place.join(' / ')}: no absolute_metrics; the run was probably interrupted`);
  }
  evaluations.sort((a, b) => a.step - b.step);
  const twice = evaluations.findIndex(({ step }, index) => step === evaluations[index + 1]?.step);
  if (twice >= 0) {
    throw new MarlEvalError(place, `two evaluations have step_count ${evaluations[twice].step}; remove one`);
  }
  return { evaluations, absolute: absolute ?? {} };
};

const readMetrics = (value: unknown, place: readonly string[], warnings: string[]): MetricValues => {
  const metrics: Record<string, number[]> = {};
  for (const [key, list] of entries(value, place)) {
    // marl-eval passes over every name that contains step_count, wherever it stands.
    if (key.includes('step_count') || key === 'elapsed_time') continue;
    const values = Array.isArray(list) ? list : [list];
    const wrong = values.find((item) => item !== null && typeof item !== 'number');
    if (wrong !== undefined) {
      throw new MarlEvalError(
        [...place, key],
        `holds ${describe(wrong)}; it must be a number or a list of numbers`,
      );
    }
    const finite = values.filter(Number.isFinite);
    if (finite.length < values.length) {
      warnings.push(
        `${[...place, key].join(' / ')}: ${values.length - finite.length} of ${values.length} values are not finite and were left out`,
      );
    }
    if (finite.length > 0) metrics[metricName(key)] = finite;
  }
  return metrics;
};

/** The entries of an object under lower-case names; marl-eval would merge two that then are the same. */
const entries = (value: unknown, place: readonly string[]): [string, unknown][] => {
  if (!isRecord(value)) throw new MarlEvalError(place, `is ${describe(value)}; it must be an object`);
  const taken = new Set<string>();
  return Object.entries(value).map(([key, item]) => {
    const name = key.toLowerCase();
    if (taken.has(name)) {
      throw new MarlEvalError(place, `two names differ only by case: '${key}' and another; rename one`);
    }
    taken.add(name);
    return [name, item];
  });
};

const seedOf = (key: string, place: readonly string[]): number => {
  const digits = /^(?:[^_]+_)?(\d+)$/.exec(key)?.[1];
  if (digits === undefined) {
    throw new MarlEvalError(place, `is not a name for a run; name it seed_0, seed_1 and so on`);
  }
  return Number(digits);
};

const isStep = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

const parse = (text: string): unknown => {
  // Python writes NaN and Infinity into files that it calls JSON; outside of strings they become null.
  const json = text.replace(/"(?:\\.|[^"\\])*"|-?\bInfinity\b|\bNaN\b/g, (token) =>
    token.startsWith('"') ? token : 'null',
  );
  try {
    return JSON.parse(json);
  } catch (error) {
    throw new MarlEvalError([], `is not JSON (${(error as Error).message}); the file may be cut short`);
  }
};
