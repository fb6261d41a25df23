import type { Metrics } from '../learner';
import { type State, stateNumber, stateTree } from '../state';
import type { Checkpoint } from './checkpoint';
import type { TrainingEvent } from './events';
import type { ShardEvent } from './shardRun';
import { meansOf } from './tally';

/** Makes the events of a run from what all its workers tell of the same moment, the first worker first. */
export type Teller = (told: readonly ShardEvent[]) => TrainingEvent;

type Named<Event extends ShardEvent['event']> = Extract<ShardEvent, { event: Event }>;

/** The state of each further worker's session, by its rank. */
const others = 'others';

/** What a checkpoint holds of one worker. */
export const sessionOf = (checkpoint: Checkpoint, rank: number): State =>
  rank === 0 ? stateTree(checkpoint, 'session') : stateTree(stateTree(checkpoint, others), `${rank}`);

const assemble = (identity: State, latest: Metrics, told: readonly Named<'checkpoint'>[]): Checkpoint => {
  const [{ step, session }, ...further] = told;
  const sessions = further.map((each, index) => [`${index + 1}`, each.session] as const);
  const rest: State = sessions.length > 0 ? { [others]: Object.fromEntries(sessions) } : {};
  return { ...identity, step, latest: { ...latest }, session, ...rest };
};

const latestOf = (checkpoint: Checkpoint | undefined): Metrics => {
  if (!checkpoint) return {};
  const kept = stateTree(checkpoint, 'latest');
  return Object.fromEntries(Object.keys(kept).map((name) => [name, stateNumber(kept, name)]));
};

/** @param resume where the run goes on from: its last checkpoint until there is another */
export const createTeller = (identity: State, resume: Checkpoint | undefined): Teller => {
  let latest = latestOf(resume);
  let checkpoint = resume;
  return (told) => {
    const [first] = told;
    const { step } = first;
    if (first.event === 'metrics') {
      return {
        event: 'metrics',
        step,
        metrics: meansOf((told as Named<'metrics'>[]).map(({ sums }) => sums)),
      };
    }
    if (first.event === 'checkpoint') {
      checkpoint = assemble(identity, latest, told as Named<'checkpoint'>[]);
      return { event: 'checkpoint', step, checkpoint };
    }
    if (first.event === 'done') {
      // Every run that takes a step gives a checkpoint, and one that takes none was resumed from one.
      return { ...first, metrics: latest, checkpoint: checkpoint as Checkpoint };
    }
    if (first.event === 'evaluation') latest = first.metrics;
    return first;
  };
};
