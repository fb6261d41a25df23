import { boundFactor } from '@murmuration/core';
import { createParameters, gradientsOf, ready, type Tensor1D, tensor1d } from '@murmuration/core/tensors';
import { beforeAll, describe, expect, it } from 'vitest';
import { unweightedDivergence } from './heads/categorical';
import { clippedLoss, entropyOf, type Samples, trustRegionSurrogate, valueLoss, withEntropy } from './loss';

beforeAll(ready);

const read = async (tensor: { data(): Promise<ArrayLike<number>> }) => Array.from(await tensor.data());

/** The specification's golden samples. */
const ratios = [1.3, 1.3, 0.7, 0.7];
const products = Float32Array.of(1.5, 1.5, 0.6, 0.6);

const samples = (over: Partial<Samples> = {}): Samples => ({
  logProbability: tensor1d(ratios.map(Math.log)),
  before: tensor1d([0, 0, 0, 0]),
  advantage: tensor1d([1, -1, 2, -2]),
  weights: tensor1d([1, 1, 1, 1]),
  total: 4,
  ...over,
});

describe('policy losses', () => {
  it('give the golden losses of HAPPO and clip-HAPPO', async () => {
    const happo = clippedLoss(samples({ factor: tensor1d(products) }), 0.2);
    const clipHappo = clippedLoss(samples({ factor: tensor1d(boundFactor(products, 'bounded')) }), 0.2);
    expect((await read(happo))[0]).toBeCloseTo(0.0675, 6);
    expect((await read(clipHappo))[0]).toBeCloseTo(0.055, 6);
  });

  it('count only those who took part', async () => {
    const alive = samples({ weights: tensor1d([1, 0, 1, 0]), total: 2 });
    expect((await read(clippedLoss(alive, 0.2)))[0]).toBeCloseTo(-(1.2 + 1.4) / 2, 6);
    expect((await read(trustRegionSurrogate(alive)))[0]).toBeCloseTo((1.3 + 1.4) / 2, 6);
  });

  it('clip the product with the others inside, as A2PO does', async () => {
    const others = samples({ others: tensor1d([0.9, 1.1, 1.1, 0.9]) });
    const expected = [1.17, -1.43, 1.54, -1.6];
    const mean = expected.reduce((sum, value) => sum + value, 0) / 4;
    expect((await read(clippedLoss(others, 0.2)))[0]).toBeCloseTo(-mean, 6);
  });

  it('push the log-probability by r M Â where nothing clips', async () => {
    const parameters = createParameters({ log: { shape: [4], data: Float32Array.from(ratios, Math.log) } });
    const { gradients } = gradientsOf(
      () =>
        trustRegionSurrogate(
          samples({ logProbability: parameters.log as unknown as Tensor1D, factor: tensor1d(products) }),
        ),
      parameters,
    );
    const expected = [1.3 * 1.5, -1.3 * 1.5, 0.7 * 0.6 * 2, -0.7 * 0.6 * 2].map((value) => value / 4);
    (await read(gradients.log)).forEach((value, index) => {
      expect(value).toBeCloseTo(expected[index], 6);
    });
  });
});

describe('entropy', () => {
  const entropy = () => tensor1d([1, 2, 3, 4]);
  const counted = () => ({ weights: tensor1d([1, 1, 0, 0]), total: 2 });

  it('is a mean over those who took part, or by HARL’s mistake a sum', async () => {
    expect(await read(entropyOf(entropy(), counted(), 'mean'))).toEqual([1.5]);
    expect(await read(entropyOf(entropy(), counted(), 'sum'))).toEqual([10]);
  });

  it('lowers the loss', async () => {
    const loss = clippedLoss(samples(), 0.2);
    const [plain] = await read(loss);
    const bonus = entropyOf(entropy(), counted(), 'mean');
    expect((await read(withEntropy(loss, bonus, 0.1)))[0]).toBeCloseTo(plain - 0.15, 6);
  });
});

describe('HARL’s divergence', () => {
  it('sums e^d − 1 − d without weights', async () => {
    const p = tensor1d([0.5, 0.5].map(Math.log));
    const q = tensor1d([0.25, 0.75].map(Math.log));
    const terms = [Math.log(0.5), Math.log(1.5)].map((d) => Math.exp(d) - 1 - d);
    expect((await read(unweightedDivergence(p, q)))[0]).toBeCloseTo(terms[0] + terms[1], 5);
  });
});

describe('the value loss', () => {
  const values = () => ({
    prediction: tensor1d([1, 0.1, 14]),
    before: tensor1d([0, 0, 14]),
    target: tensor1d([1, 1, 1]),
    weights: tensor1d([1, 1, 1]),
    total: 3,
  });

  it('is clipped and bent where it is told', async () => {
    const [clipped] = await read(valueLoss(values(), { clip: 0.2, huber: 10, huberSides: 'both' }));
    expect(clipped).toBeCloseTo((0.32 + 0.405 + 80) / 3, 4);
    const [plain] = await read(valueLoss(values(), { clip: 'none', huber: 'none', huberSides: 'both' }));
    expect(plain).toBeCloseTo((0 + 0.405 + 84.5) / 3, 4);
    for (const clip of [0.2, 'none'] as const) {
      const [oneSided] = await read(valueLoss(values(), { clip, huber: 10, huberSides: 'above' }));
      // The third prediction is 13 too high.
      expect(oneSided).toBeCloseTo(clip === 0.2 ? (0.32 + 0.405) / 3 : 0.405 / 3, 4);
    }
  });
});
