import type { ExperimentCell, Reference, Settings } from '@murmuration/core';
import { coordinationSteps } from '../worlds';

/** What differs from cell to cell. */
export interface CellRequest {
  readonly agents: number;
  readonly label: string;
  readonly algorithm: string;
  readonly settings?: Settings;
  /** Options of the task beside the game that the seed draws. */
  readonly task?: Readonly<Record<string, unknown>>;
  /** Environment steps; the paper's for so many agents where left out. */
  readonly steps?: number;
  /** Greedy episodes of each evaluation; one is enough where nothing is random. */
  readonly episodes?: number;
  readonly reference?: Reference;
}

/** Agents of the paper's experiment. */
export const paperAgents = [3, 5, 7] as const;

/** A curve of a hundred points in the coordination task; every seed draws its own game. */
export const cell = (request: CellRequest): ExperimentCell => {
  const { agents, label, algorithm, settings = {}, task = {}, episodes = 1, reference } = request;
  const steps = request.steps ?? coordinationSteps(agents);
  return {
    group: `${agents} agents`,
    agents,
    label,
    algorithm,
    settings,
    environment: `coordination/${agents}`,
    environmentOptions: (seed) => ({ game: seed, ...task }),
    steps,
    episodes,
    evaluateEvery: Math.round(steps / 100),
    reference,
  };
};

/** The same methods for each number of agents. */
export const cellsFor = (
  agents: readonly number[],
  requests: readonly Omit<CellRequest, 'agents'>[],
): ExperimentCell[] =>
  agents.flatMap((count) => requests.map((request) => cell({ ...request, agents: count })));
