import type { Ablation, Experiment, ExperimentCell } from '@murmuration/core';
import { commandLine } from '../commandLine';
import { UsageError } from '../failure';
import { findAblation, findExperiment } from '../registry';
import { carryOut } from '../study/carryOut';
import type { Cell, Study } from '../study/study';
import type { Terminal } from '../terminal/terminal';

export interface ReproduceRequest {
  readonly experiment: string;
  readonly quick?: boolean;
  readonly agents?: readonly number[];
  readonly seeds?: number;
  readonly seed?: number;
  readonly ablation?: string;
  readonly workers?: number;
  readonly output?: string;
}

const cellOf = ({ label, agents: _agents, ...cell }: ExperimentCell): Cell => ({ ...cell, method: label });

/** The cells that were asked for, and what they show. */
const choose = (experiment: Experiment, { quick = false, ablation }: ReproduceRequest): Ablation => {
  const { title, authors, year, url } = experiment.paper;
  const meaning = `${title} (${authors}, ${year}; ${url}).`;
  if (ablation !== undefined) {
    if (quick) throw new UsageError('--quick and --ablation exclude each other; leave one out');
    const found = findAblation(experiment, ablation);
    return { ...found, meaning: `${found.meaning}\n\nA variation of ${meaning}` };
  }
  const { cells, seeds } = quick ? experiment.quick : experiment;
  return { cells, seeds, meaning };
};

const ofAgents = (
  cells: readonly ExperimentCell[],
  agents?: readonly number[],
): readonly ExperimentCell[] => {
  if (!agents) return cells;
  const known = [...new Set(cells.map((cell) => cell.agents))];
  const unknown = agents.find((count) => !known.includes(count));
  if (unknown !== undefined) {
    throw new UsageError(
      `--agents is ${unknown}, but this experiment has ${known.join(', ')}; choose of these`,
    );
  }
  return cells.filter((cell) => agents.includes(cell.agents));
};

/** The part of an experiment that was asked for, as a study. @throws UsageError for what it does not have. */
export const studyOf = (experiment: Experiment, request: ReproduceRequest): Study => {
  const { quick, agents, seed = 0, ablation } = request;
  const chosen = choose(experiment, request);
  const { id, name, finalEvaluations, trend, checks } = experiment;
  const { metric, metricMeaning, best } = chosen.measure ?? experiment;
  const logged = trend?.series.map(({ prefix }) => prefix);
  const { costs } = chosen;
  const counted = costs?.map(({ metric }) => metric);
  const seeds = request.seeds ?? chosen.seeds;
  return {
    title: ablation === undefined ? name : `${name}: ${ablation}`,
    introduction: chosen.meaning,
    command: commandLine('reproduce', [id], {
      quick,
      agents,
      seeds: request.seeds,
      seed: request.seed,
      ablation,
    }),
    metric,
    metricMeaning,
    finalEvaluations,
    best,
    ...(trend ? { trend } : {}),
    ...(checks ? { checks } : {}),
    ...(costs ? { costs } : {}),
    cells: ofAgents(chosen.cells, agents).map((cell) => ({ ...cellOf(cell), logged, counted })),
    seeds: Array.from({ length: seeds }, (_, index) => seed + index),
  };
};

/** `murmuration reproduce` */
export const reproduceCommand = async (request: ReproduceRequest, terminal: Terminal): Promise<number> => {
  const { ablation, output, workers } = request;
  const experiment = findExperiment(request.experiment);
  const name = ['reproduce', experiment.id, ablation].filter(Boolean).join('-');
  return carryOut(studyOf(experiment, request), { output, workers, name }, terminal);
};
