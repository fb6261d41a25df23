/** The program of a data-parallel worker: it trains its share of a run and tells the main thread of it. */
import { parentPort, workerData } from 'node:worker_threads';
import type { State } from '../../state';
import type { Plan } from '../../train/plan';
import { type ShardEvent, trainShard } from '../../train/shardRun';
import { type Failure, packFailure } from './failure';
import { type Gate, mayBegin } from './gate';
import { loadSubject } from './subject';
import { joinSums, type SumMemory } from './sums';

/** What a worker is started with. */
export interface WorkerInput {
  /** Where the subject's module is, and what it is given. */
  readonly module: string;
  readonly input: unknown;
  readonly rank: number;
  readonly workers: number;
  readonly plan: Plan;
  readonly configuration: object;
  readonly resume?: State;
  readonly memory: SumMemory;
  readonly gate: Gate;
}

export type Message = { readonly told: ShardEvent } | { readonly failure: Failure };

const { module, input, rank, workers, plan, configuration, resume, memory, gate } = workerData as WorkerInput;
const tell = (message: Message): void => parentPort?.postMessage(message);
const { reduce, leave } = joinSums(memory, rank);

try {
  const subject = await loadSubject(module, input);
  const crew = {
    shard: { rank, workers },
    reduce,
    goesOn: (step: number) => mayBegin(gate, Math.round(step / plan.copies) + 1),
  };
  for await (const told of trainShard({ ...subject, plan, configuration, resume, crew })) tell({ told });
  leave();
} catch (error) {
  // The others may wait for this one: the main thread ends them, and hears of no error that merely follows from this.
  tell({ failure: packFailure(error) });
}
