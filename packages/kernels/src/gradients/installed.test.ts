import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-wasm';
import './index.js';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { gradientCases } from '../../test/gradientCases.js';
import { type Case, discrepancy, gradients, hessianProduct, spread } from '../../test/parity.js';
import { type Build, install } from '../index.js';
import { restore } from '../wasm/replace.js';

const title = ({ kernel, variant }: Case): string => (variant ? `${kernel} ${variant}` : kernel);

describe.each<Build>(['simd', 'relaxed'])(
  'gradients with the %s build in place, against the CPU',
  (build) => {
    beforeAll(async () => {
      await tf.setBackend('wasm');
      expect(await install({ build })).toMatchObject({ installed: true, build });
    });
    afterAll(restore);

    it.each(gradientCases.map((tested) => [title(tested), tested] as const))('%s', async (_, tested) => {
      const { inputs } = tested;
      const direction = inputs.map(({ shape }, index) => spread(shape, -1, 1, 20 + index));
      const both = async (backend: string) => {
        await tf.setBackend(backend);
        const before = tf.memory().numTensors;
        const first = await gradients(tested, inputs);
        const second = tested.second === false ? [] : await hessianProduct(tested, inputs, direction);
        expect(tf.memory().numTensors).toBe(before);
        return { first, second };
      };
      const [expected, found] = [await both('cpu'), await both('wasm')];
      expect(discrepancy(found.first, expected.first)).toBeLessThan(3e-5);
      expect(discrepancy(found.second, expected.second)).toBeLessThan(1e-4);
    });
  },
);
