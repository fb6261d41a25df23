import type { VectorEnvironment } from '../environment';
import { DivergenceError } from '../errors';
import { createActions, createFrame, ended, type Frame, restoreFrame, saveFrame } from '../frame';
import type { Learner, Metrics, UpdateContext } from '../learner';
import type { Random } from '../random';
import { type State, stateArray, stateNumber, stateTree } from '../state';
import { type Crew, withoutOthers } from './crew';
import type { Rehearsal } from './rehearsal';
import { Tally } from './tally';

/** A learner in its world: one worker's part of a training run that steps, and all that a checkpoint must hold of it. */
export class Session {
  /** Environment steps so far, copies counted. */
  step = 0;
  readonly tally = new Tally();
  private frame: Frame;
  private next: Frame;
  private readonly actions: Float32Array;
  private readonly returns: Float64Array;
  private readonly context: UpdateContext;
  /** Environment steps of all workers in one step of this one. */
  private readonly stride: number;

  constructor(
    private readonly learner: Learner,
    readonly environment: VectorEnvironment,
    private readonly rehearsal: Rehearsal,
    private readonly crew: Crew = withoutOthers(),
  ) {
    this.context = {
      reduce: crew.reduce,
      evaluate: (policy, episodes) => rehearsal.evaluate(policy, episodes),
    };
    const { spec, copies } = environment;
    this.frame = createFrame(spec, copies);
    this.next = createFrame(spec, copies);
    this.actions = createActions(spec, copies);
    this.returns = new Float64Array(copies);
    this.stride = copies * crew.shard.workers;
  }

  /** @param random from it every copy has its stream, those of the workers before this one first */
  reset(random: Random): void {
    for (let copy = 0; copy < this.crew.shard.rank * this.environment.copies; copy++) random.split();
    this.environment.reset(random, this.frame);
  }

  /**
   * One step of all copies, and every update that it makes possible. Stays synchronous where the learner is: tabular
   * learners step a hundred thousand times a second, and a promise for each would cost as much again.
   */
  advance(): void | Promise<void> {
    const acting = this.learner.act(this.frame, this.actions);
    return acting ? acting.then(() => this.stepAndLearn()) : this.stepAndLearn();
  }

  private stepAndLearn(): void | Promise<void> {
    const { learner, environment, frame, next, actions } = this;
    environment.step(actions, next);
    learner.experience.observe(frame, actions, next);
    this.frame = next;
    this.next = frame;
    this.step += this.stride;
    this.countReturns(next);
    return this.learn();
  }

  private learn(): void | Promise<void> {
    const { experience } = this.learner;
    for (let batch = experience.take(); batch !== undefined; batch = experience.take()) {
      const updating = this.learner.update(batch, this.context);
      if (updating instanceof Promise) {
        const given = batch;
        return updating.then((metrics) => {
          this.note(metrics, given);
          return this.learn();
        });
      }
      this.note(updating, batch);
    }
  }

  private note(metrics: Metrics, batch: unknown): void {
    this.check(metrics, batch);
    this.tally.addAll(metrics, this.learner.counters);
  }

  private countReturns(frame: Frame): void {
    const agents = this.environment.spec.agents.length;
    for (let copy = 0; copy < frame.copies; copy++) {
      for (let agent = 0; agent < agents; agent++) {
        this.returns[copy] += frame.rewards[copy * agents + agent] / agents;
      }
      if (!ended(frame, copy)) continue;
      this.tally.add('trainingReturn', this.returns[copy]);
      this.returns[copy] = 0;
    }
  }

  private check(metrics: Metrics, batch: unknown): void {
    for (const name in metrics) {
      if (Number.isFinite(metrics[name])) continue;
      throw new DivergenceError(
        '@murmuration/core',
        `${name} became ${metrics[name]} at step ${this.step}; lower the learning rate, or look at the batch that was saved`,
        { step: this.step, batch },
      );
    }
  }

  async save(): Promise<State> {
    return {
      step: this.step,
      learner: await this.learner.save(),
      environment: this.environment.save(),
      frame: saveFrame(this.frame),
      returns: this.returns.slice(),
      rehearsals: this.rehearsal.count,
      tally: this.tally.save(),
    };
  }

  async restore(state: State): Promise<void> {
    this.step = stateNumber(state, 'step');
    await this.learner.restore(stateTree(state, 'learner'));
    this.environment.restore(stateTree(state, 'environment'));
    restoreFrame(this.frame, stateTree(state, 'frame'));
    this.returns.set(stateArray(state, 'returns', Float64Array, this.returns.length));
    this.rehearsal.count = stateNumber(state, 'rehearsals');
    this.tally.restore(stateTree(state, 'tally'));
  }
}
