import {
  ready,
  type Scalar,
  scalar,
  type Tensor1D,
  tensor1d,
  tensor2d,
  tidy,
} from '@murmuration/core/tensors';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  allowed,
  bootstrapped,
  forwardModelLoss,
  hystereticError,
  meanMagnitude,
  negativeLogLikelihood,
  squaredError,
} from './loss';

beforeAll(ready);

const number = async (compute: () => Scalar): Promise<number> => {
  const tensor = tidy(compute);
  const [value] = await tensor.data();
  tensor.dispose();
  return value;
};

const row = (...values: number[]): Tensor1D => tensor1d(values);

describe('the losses of networks', () => {
  it('is the mean of (Q − y)²', async () => {
    expect(await number(() => squaredError(row(1, 2), row(3, 5)))).toBeCloseTo((4 + 9) / 2, 5);
  });

  it('counts results worse than expected less', async () => {
    // The first result is 2 better than expected, the second 3 worse.
    const error = (weight: number) => number(() => hystereticError(row(1, 5), row(3, 2), weight));
    expect(await error(0.1)).toBeCloseTo((4 + 0.9) / 2, 5);
    expect(await error(1)).toBeCloseTo((4 + 9) / 2, 5);
  });

  it('is −mean log P(s′ | s, a)', async () => {
    const reached = [
      [0, 1, 0],
      [1, 0, 0],
    ];
    const logits = [
      [Math.log(0.2), Math.log(0.5), Math.log(0.3)],
      [0, 0, 0],
    ];
    const loss = await number(() => negativeLogLikelihood(tensor2d(logits), tensor2d(reached)));
    expect(loss).toBeCloseTo(-(Math.log(0.5) + Math.log(1 / 3)) / 2, 5);
  });

  it('adds what follows, where anything does', async () => {
    const targets = tidy(() => bootstrapped(row(1, 2), 0.5, row(0, 1), row(10, 10)));
    expect([...(await targets.data())]).toEqual([6, 2]);
    targets.dispose();
  });

  it('puts actions that cannot be taken out of reach', async () => {
    const values = tidy(() => allowed(tensor2d([[5, -7]]), tensor2d([[0, 1]])));
    const [never, still] = await values.data();
    expect(never).toBeLessThan(-1e8);
    expect(still).toBe(-7);
    values.dispose();
  });

  it('weighs good states against near ones by α / mean |Q_ss|', async () => {
    const values = () => row(2, -4);
    const loss = await number(() => forwardModelLoss(values(), scalar(0.3), 1.5, meanMagnitude(values())));
    expect(loss).toBeCloseTo(0.3 - (1.5 / 3) * -1, 4);
  });
});
