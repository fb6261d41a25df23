import { commandLine } from '../commandLine';
import { UsageError } from '../failure';
import { findAlgorithm } from '../registry';
import { readSettings } from '../settings';
import { carryOut } from '../study/carryOut';
import type { Cell } from '../study/study';
import type { Terminal } from '../terminal/terminal';
import { fileNameOf } from '../training/newDirectory';
import { openWorld, type World } from '../world';

export interface CompareRequest {
  readonly algorithms: readonly string[];
  readonly environments: readonly string[];
  readonly seeds?: number;
  readonly seed?: number;
  readonly steps?: number;
  readonly set?: readonly string[];
  readonly config?: string;
  readonly evaluateEvery?: number;
  readonly episodes?: number;
  readonly metric?: string;
  readonly average?: number;
  readonly workers?: number;
  readonly output?: string;
}

const checkDistinct = (what: string, names: readonly string[]): void => {
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new UsageError(`${what} ${twice} is there twice; name each once`);
};

/** @throws UsageError where an evaluation in this world tells nothing by that name. */
const checkMetric = (metric: string, { spec }: World): void => {
  const names = ['return', 'episodeLength', ...spec.metrics];
  if (names.includes(metric)) return;
  throw new UsageError(`--metric is ${metric}, but ${spec.id} tells ${names.join(', ')}`);
};

/** `murmuration compare`: every algorithm on every environment, all with the same steps there. */
export const compareCommand = async (request: CompareRequest, terminal: Terminal): Promise<number> => {
  const { seeds = 5, seed = 0, set = [], config, evaluateEvery, episodes, workers, output } = request;
  const { metric = 'return', average = 1 } = request;
  checkDistinct('algorithm', request.algorithms);
  checkDistinct('environment', request.environments);
  const settings = await readSettings(set, config);
  const algorithms = request.algorithms.map(findAlgorithm);
  const cells: Cell[] = [];
  for (const reference of request.environments) {
    const world = await openWorld({ environment: reference, options: settings.environment });
    checkMetric(metric, world);
    const steps = request.steps ?? Math.max(...algorithms.map((each) => each.defaults(world.spec).steps));
    for (const algorithm of algorithms) {
      cells.push({
        method: algorithm.id,
        group: world.spec.id,
        algorithm: algorithm.id,
        settings: settings.algorithm,
        environment: world.environment,
        environmentOptions: () => world.options,
        steps,
        episodes,
        evaluateEvery,
      });
    }
  }
  checkDistinct(
    'environment',
    [...new Set(cells.map(({ environment }) => environment))].map(
      (one) => cells.find(({ environment }) => environment === one)!.group,
    ),
  );
  const names = { algorithms: request.algorithms.join(', '), environments: request.environments.join(', ') };
  return carryOut(
    {
      title: `${names.algorithms} on ${names.environments}`,
      introduction: `Each run learns with its own seed (${seed} to ${seed + seeds - 1}) and is evaluated greedily.`,
      command: commandLine('compare', [request.algorithms.join(','), request.environments.join(',')], {
        seeds,
        seed,
        steps: request.steps,
        set,
        config,
        'evaluate-every': evaluateEvery,
        episodes,
        metric: request.metric,
        average: request.average,
      }),
      metric,
      metricMeaning: metric === 'return' ? 'greedy return' : `${metric} of the greedy team`,
      finalEvaluations: average,
      marlEval: true,
      cells,
      seeds: Array.from({ length: seeds }, (_, index) => seed + index),
    },
    { output, workers, name: `compare-${fileNameOf(request.environments[0])}` },
    terminal,
  );
};
