import { expect, it } from 'vitest';
import { corridor } from '../../test/fixtures/corridor';
import { deepQ } from '../../test/fixtures/deepQ';
import type { Algorithm } from '../algorithm';
import { vectorize } from '../vectorize';
import { train } from './train';

/** Worlds that count how many of them are there. */
const counted = () => {
  const seen = { made: 0, open: 0 };
  const factory = ({ copies }: { copies: number }) => {
    seen.made++;
    seen.open++;
    return { ...vectorize(corridor, copies), dispose: () => void seen.open-- };
  };
  return { seen, factory };
};

const options = { steps: 20, copies: 2, episodes: 1 };

it('gives up every world when it has ended', async () => {
  const { seen, factory } = counted();
  for await (const _ of train(deepQ, factory, options));
  expect(seen.made).toBeGreaterThanOrEqual(3);
  expect(seen.open).toBe(0);
});

it('gives up what was made where a learner cannot be', async () => {
  const { seen, factory } = counted();
  const create = () => Promise.reject(new Error('not here'));
  const training = train({ ...deepQ, create } as Algorithm, factory, options);
  await expect(training.next()).rejects.toThrow('not here');
  expect(seen).toEqual({ made: 2, open: 0 });
});

it('gives up what was made where there is no world to evaluate in', async () => {
  const { seen, factory } = counted();
  const evaluationEnvironment = () => {
    throw new Error('no engine');
  };
  const training = train(deepQ, factory, { ...options, evaluationEnvironment });
  await expect(training.next()).rejects.toThrow('no engine');
  expect(seen).toEqual({ made: 2, open: 0 });
});
