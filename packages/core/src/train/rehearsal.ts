import type { EnvironmentFactory, VectorEnvironment } from '../environment';
import type { Policy } from '../policy';
import { randomFrom } from '../random';
import { createEnvironment } from '../vectorize';
import { type EvaluationResult, evaluate } from './evaluate';

/** Most copies that rehearse together. */
const mostCopies = 10;

/**
 * Episodes that a learner has played in the middle of an update, in a world and with random streams of their own: they
 * change neither what is collected nor how it is evaluated.
 */
export class Rehearsal {
  /** How often; with the seed, all that the next one depends on. */
  count = 0;
  private world: VectorEnvironment | undefined;

  constructor(
    private readonly environment: EnvironmentFactory,
    private readonly seed: number,
  ) {}

  evaluate(policy: Policy, episodes: number): Promise<EvaluationResult> {
    this.world ??= createEnvironment(this.environment, Math.min(episodes, mostCopies));
    return evaluate(policy, this.world, {
      episodes,
      random: randomFrom(this.seed, 'rehearsal', this.count++),
    });
  }

  dispose(): void {
    this.world?.dispose?.();
  }
}
