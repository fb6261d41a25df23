import { type EvaluatedRun, type MetricValues, metricKey } from './marlEval.js';
import { MarlEvalError } from './marlEvalError.js';

type Tree = { [name: string]: Tree | number | number[] };

/**
 * Writes a file that marl-eval reads without a complaint. Its tools need every algorithm of an environment to
 * have the same tasks, number of runs, steps and metrics, and absolute metrics in every run; an error names
 * the first run that differs. Values that are not finite are not JSON: they are left out with a warning.
 */
export const writeMarlEval = (runs: readonly EvaluatedRun[]): { text: string; warnings: string[] } => {
  const warnings: string[] = [];
  const file = emptyTree();
  for (const run of runs) {
    const place = placeOf(run);
    check(run, place);
    let node = file;
    for (const name of place.slice(0, -1)) {
      if (!Object.hasOwn(node, name)) node[name] = emptyTree();
      node = node[name] as Tree;
    }
    if (Object.hasOwn(node, place[3]))
      throw new MarlEvalError(place, 'appears twice; give every run its own seed');
    node[place[3]] = writeRun(run, place, warnings);
  }
  checkRectangular(runs);
  return { text: `${JSON.stringify(file, null, 2)}\n`, warnings };
};

// Without a prototype, so that `__proto__` is a name like any other.
const emptyTree = (): Tree => Object.create(null);

const placeOf = ({ environment, task, algorithm, seed }: EvaluatedRun): string[] => [
  environment.toLowerCase(),
  task.toLowerCase(),
  algorithm.toLowerCase(),
  `seed_${seed}`,
];

// The keys step_0, step_1, … keep their order: bare numbers would be sorted as numbers by any JavaScript engine.
const writeRun = (run: EvaluatedRun, place: string[], warnings: string[]): Tree => ({
  ...Object.fromEntries(
    run.evaluations.map(({ step, elapsedSeconds, metrics }, index) => [
      `step_${index}`,
      {
        step_count: step,
        ...(elapsedSeconds !== undefined && { elapsed_time: elapsedSeconds }),
        ...writeMetrics(metrics, [...place, `step_${index}`], warnings),
      },
    ]),
  ),
  absolute_metrics: writeMetrics(run.absolute, [...place, 'absolute_metrics'], warnings),
});

const writeMetrics = (metrics: MetricValues, place: string[], warnings: string[]): Tree => {
  const written = emptyTree();
  for (const [name, values] of Object.entries(metrics)) {
    const key = metricKey(name);
    const here = [...place, key];
    if (Object.hasOwn(written, key)) throw new MarlEvalError(here, 'two metrics have this name; rename one');
    if (key.includes('step_count') || key.includes('absolute') || key === 'elapsed_time') {
      throw new MarlEvalError(here, 'marl-eval gives this name a meaning of its own; rename the metric');
    }
    const finite = values.filter(Number.isFinite);
    if (finite.length === 0)
      throw new MarlEvalError(here, 'has no finite value; leave the metric out everywhere');
    if (finite.length < values.length) {
      warnings.push(
        `${here.join(' / ')}: ${values.length - finite.length} of ${values.length} values are not finite and were left out`,
      );
    }
    written[key] = finite;
  }
  return written;
};

const check = (run: EvaluatedRun, place: string[]): void => {
  if (run.algorithm.includes(',')) {
    throw new MarlEvalError(place, 'the name of an algorithm must not contain a comma; rename it');
  }
  if (!Number.isSafeInteger(run.seed) || run.seed < 0) {
    throw new MarlEvalError(place, `seed is ${run.seed}; it must be a whole number from 0`);
  }
  run.evaluations.forEach(({ step }, index) => {
    const previous = index === 0 ? -1 : run.evaluations[index - 1].step;
    if (Number.isSafeInteger(step) && step > previous) return;
    throw new MarlEvalError(
      place,
      `evaluation ${index} is at step ${step}; steps must be whole and increase`,
    );
  });
  const expected = names(run.absolute);
  if (expected.length === 0) {
    throw new MarlEvalError(place, 'has no absolute metrics; evaluate its best policy again and give them');
  }
  for (const { step, metrics } of run.evaluations) {
    if (names(metrics).join() === expected.join()) continue;
    throw new MarlEvalError(
      place,
      `step ${step} has the metrics ${names(metrics).join(', ')} but the absolute metrics are ${expected.join(', ')}; they must be the same`,
    );
  }
};

const checkRectangular = (runs: readonly EvaluatedRun[]): void => {
  const first = new Map<string, EvaluatedRun>();
  const seeds = new Map<string, Map<string, number>>();
  for (const run of runs) {
    const [environment, task, algorithm] = placeOf(run);
    const other = first.get(environment) ?? run;
    first.set(environment, other);
    const cells = seeds.get(environment) ?? new Map<string, number>();
    const cell = JSON.stringify([algorithm, task]);
    seeds.set(environment, cells.set(cell, (cells.get(cell) ?? 0) + 1));
    if (shape(run) !== shape(other)) {
      throw new MarlEvalError(
        placeOf(run),
        `steps or metrics differ from those of ${placeOf(other).join(' / ')}; marl-eval needs them equal: cut all runs to what they share`,
      );
    }
  }
  for (const [environment, cells] of seeds) {
    const pairs = [...cells.keys()].map((cell) => JSON.parse(cell) as [string, string]);
    const tasks = new Set(pairs.map(([, task]) => task));
    const expected = Math.max(...cells.values());
    for (const algorithm of new Set(pairs.map(([name]) => name))) {
      for (const task of tasks) {
        const found = cells.get(JSON.stringify([algorithm, task])) ?? 0;
        if (found === expected) continue;
        throw new MarlEvalError(
          [environment, task, algorithm],
          `has ${found} runs where others have ${expected}; marl-eval needs as many everywhere`,
        );
      }
    }
  }
};

// The metrics of the evaluations are those of the absolute metrics: `check` saw to that.
const shape = ({ evaluations, absolute }: EvaluatedRun): string =>
  JSON.stringify([evaluations.map(({ step }) => step), names(absolute)]);

const names = (metrics: MetricValues): string[] => Object.keys(metrics).map(metricKey).sort();
