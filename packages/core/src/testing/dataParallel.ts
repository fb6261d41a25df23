import { describe, expect, it } from 'vitest';
import type { Metrics, Reduce } from '../learner';
import { resolveConfiguration } from '../resolve';
import { isArrayValue, isState, type State, type StateValue, stateTree } from '../state';
import type { Crew } from '../train/crew';
import { planOf } from '../train/plan';
import { type ShardEvent, trainShard } from '../train/shardRun';
import { meansOf } from '../train/tally';
import { createEnvironment } from '../vectorize';
import { type LearnerSubject, wholeRun } from './subject';

/** Workers of one thread, which wait for each other's numbers by promises. */
const createCrews = (workers: number): Crew[] => {
  let given: (readonly Float32Array[])[] = [];
  let waiting: (() => void)[] = [];
  const addUp = (): void => {
    given[0].forEach((_, array) => {
      const lists = given.map((arrays) => arrays[array]);
      const sums = lists[0].map((_number, index) => lists.reduce((sum, list) => sum + list[index], 0));
      for (const list of lists) list.set(sums);
    });
  };
  const reduceOf =
    (rank: number): Reduce =>
    (arrays) =>
      new Promise((resolve) => {
        given[rank] = arrays;
        waiting.push(resolve);
        if (waiting.length < workers) return;
        addUp();
        const all = waiting;
        given = [];
        waiting = [];
        for (const go of all) go();
      });
  return Array.from({ length: workers }, (_, rank) => ({
    shard: { rank, workers },
    reduce: reduceOf(rank),
    goesOn: () => true,
  }));
};

/** Train a subject in so many workers. @returns what each of them told */
const trainTogether = (subject: LearnerSubject, workers: number): Promise<ShardEvent[][]> => {
  const { algorithm, environment, settings, copies } = subject;
  const { spec } = createEnvironment(environment, 1);
  const plan = planOf(algorithm, spec, { settings, copies, seed: 1, ...wholeRun(subject) });
  const configuration = resolveConfiguration(algorithm, spec, settings);
  return Promise.all(
    createCrews(workers).map(async (crew) => {
      const told: ShardEvent[] = [];
      for await (const event of trainShard({ algorithm, environment, configuration, plan, crew })) {
        if (event.event !== 'progress') told.push(event);
      }
      return told;
    }),
  );
};

/** All tensors of a tree with their paths: weights and what an optimiser remembers of them. */
const tensorsIn = (value: StateValue, path = ''): [string, ArrayLike<number>][] => {
  if (isArrayValue(value)) return [[path, value.data as Float32Array]];
  if (!isState(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) => tensorsIn(inner, `${path}/${name}`));
};

const learnerAtTheEnd = (told: readonly ShardEvent[]): State => {
  const found = told.findLast((event) => event.event === 'checkpoint');
  if (found?.event !== 'checkpoint') throw new Error('the training gave no checkpoint');
  return stateTree(found.session, 'learner');
};

const learned = (told: readonly ShardEvent[]) => new Map(tensorsIn(learnerAtTheEnd(told)));

/** What all workers of a run log together, each time they log. */
const metricsOf = (workers: readonly ShardEvent[][]): Metrics[] => {
  const sums = workers.map((told) =>
    told.flatMap((event) => (event.event === 'metrics' ? [event.sums] : [])),
  );
  return sums[0].map((_, index) => meansOf(sums.map((each) => each[index])));
};

/**
 * Of the largest entry of a tensor. Adam divides a gradient by its size: where its parts cancel, so that little but
 * rounding is left, its steps differ by more than rounding.
 */
const rounding = 1e-3;

const expectClose = (
  name: string,
  found: ArrayLike<number> | undefined,
  expected: ArrayLike<number>,
): void => {
  expect(found, name).toHaveLength(expected.length);
  const largest = Math.max(...Array.from(expected, Math.abs));
  const furthest = Math.max(
    ...Array.from(expected, (value, entry) => Math.abs(value - (found?.[entry] ?? 0))),
  );
  expect(furthest, name).toBeLessThanOrEqual(rounding * largest);
};

const expectCloseMetrics = (found: Metrics, expected: Metrics): void => {
  expect(Object.keys(found)).toEqual(Object.keys(expected));
  for (const [name, value] of Object.entries(expected))
    expect(Math.abs(found[name] - value), name).toBeLessThan(1e-3 * (Math.abs(value) + 0.1));
};

const evaluationsOf = (told: readonly ShardEvent[]) =>
  told.flatMap((event) => (event.event === 'evaluation' ? [event] : []));

/**
 * The contract of a learner whose algorithm says that it is data-parallel: two workers learn what one learns, up to
 * rounding; both have the same weights, to the bit; and they learn it again when they are started again.
 * @param subjects each is tested under its name; its copies are a multiple of two.
 */
export const testDataParallel = (subjects: Readonly<Record<string, LearnerSubject>>): void => {
  describe.each(Object.entries(subjects))('data-parallel workers: %s', (_name, subject) => {
    it('learn in twos what one learns, and the same to the bit when it is repeated', async () => {
      expect(subject.algorithm.dataParallel).toBe(true);
      const [whole] = await trainTogether(subject, 1);
      const [first, second] = await trainTogether(subject, 2);
      const weights = learned(whole);
      expect(weights.size).toBeGreaterThan(0);
      const found = learned(first);
      for (const [name, expected] of weights) expectClose(name, found.get(name), expected);
      expect(learned(second)).toEqual(found);
      const logged = metricsOf([whole]);
      expect(logged.length).toBeGreaterThan(0);
      const together = metricsOf([first, second]);
      expect(together).toHaveLength(logged.length);
      for (const [index, expected] of logged.entries()) expectCloseMetrics(together[index], expected);
      // The first worker alone evaluates; continuous controls carry rounding into what they earn.
      const [evaluation] = evaluationsOf(whole);
      expect(evaluationsOf(first)[0].step).toBe(evaluation.step);
      expectCloseMetrics(evaluationsOf(first)[0].metrics, evaluation.metrics);
      expect(evaluationsOf(second)).toEqual([]);
      expect(await trainTogether(subject, 2)).toEqual([first, second]);
    });
  });
};
