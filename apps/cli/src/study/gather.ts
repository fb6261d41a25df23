import { stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { readEvaluations, readText } from '@murmuration/core/node';
import { align, type CurveRun } from '@murmuration/eval';
import { FailedError, UsageError } from '../failure';
import { type RunPlan, readRunPlan } from '../training/runPlan';
import { isPath } from '../world';
import type { CellCurves, Results } from './results';

interface TrainedRun {
  readonly directory: string;
  readonly plan: RunPlan;
  readonly points: CurveRun;
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

const readResults = async (directory: string): Promise<Results> => {
  const path = join(directory, 'curves.json');
  try {
    const results: Results = JSON.parse(await readText(path));
    if (Array.isArray(results.cells)) return results;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  throw new FailedError(`${path} is damaged; run the same compare or reproduce again`);
};

const readTrained = async (directory: string): Promise<TrainedRun> => {
  const plan = await readRunPlan(directory);
  const points = (await readEvaluations(directory)).flatMap((record) =>
    typeof record.step === 'number' && typeof record.return === 'number'
      ? [{ step: record.step, value: record.return }]
      : [],
  );
  if (points.length === 0) throw new FailedError(`${directory} has no evaluation yet; train it longer`);
  return { directory, plan, points };
};

/** What tells runs apart that are not just seeds of each other. */
const identity = ({ plan }: TrainedRun): string =>
  JSON.stringify([plan.algorithm, plan.environment, plan.environmentOptions, plan.configuration]);

const worldName = ({ environment }: RunPlan): string =>
  isPath(environment) ? basename(environment) : environment;

/** Runs of `train` as one set of results: seeds of equal runs together. */
const resultsOfTrained = (runs: readonly TrainedRun[]): Results => {
  const groups = [...new Set(runs.map(identity))].map((key) => runs.filter((run) => identity(run) === key));
  const cells = groups.map((group): CellCurves => {
    const [{ plan, directory }] = group;
    const alike = groups.filter(
      ([other]) => other.plan.algorithm === plan.algorithm && worldName(other.plan) === worldName(plan),
    );
    const { steps, values } = align(group.map(({ points }) => points));
    return {
      method: alike.length === 1 ? plan.algorithm : `${plan.algorithm} (${basename(resolve(directory))})`,
      group: worldName(plan),
      seeds: group.map((run) => run.plan.seed),
      steps,
      values,
    };
  });
  return {
    title: 'Training runs',
    introduction: 'Greedy evaluations while training.',
    command: runs.map(({ directory }) => `murmuration evaluate ${directory}`).join('\n'),
    metric: 'return',
    metricMeaning: 'greedy return',
    finalEvaluations: 1,
    cells,
  };
};

/**
 * What there is to report on in directories that `train`, `compare` and `reproduce` wrote.
 * @throws UsageError where one is missing or none of these; FailedError, FileError where one is damaged or empty.
 */
export const gather = async (directories: readonly string[]): Promise<Results[]> => {
  const studies: Results[] = [];
  const trained: TrainedRun[] = [];
  for (const directory of directories) {
    if (await exists(join(directory, 'curves.json'))) studies.push(await readResults(directory));
    else if (await exists(join(directory, 'config.json'))) trained.push(await readTrained(directory));
    else if (await exists(join(directory, 'runs.jsonl'))) {
      throw new FailedError(
        `${directory} is not finished; run the same command with --output ${directory} again`,
      );
    } else
      throw new UsageError(
        `${directory} holds nothing to report on; give directories of train, compare or reproduce`,
      );
  }
  return trained.length > 0 ? [...studies, resultsOfTrained(trained)] : studies;
};
