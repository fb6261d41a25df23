import { expect, it } from 'vitest';
import { corridor } from '../../test/fixtures/corridor';
import { decodeCheckpoint, encodeCheckpoint } from '../files/checkpoint';
import { box } from '../space';
import { asState, provenanceOf } from './checkpoint';

const { spec } = corridor();
const identity = {
  algorithm: 'a',
  configuration: { rate: 1, depth: { layers: [8, 8] } },
  seed: 3,
  copies: 2,
  step: 50,
};

it('tells where it comes from, unbounded boxes included, after a file', () => {
  const unbounded = { ...spec, agents: [{ ...spec.agents[0], observation: box([3]) }] };
  const stored = encodeCheckpoint(asState({ ...identity, spec: unbounded })).tensors;
  expect(provenanceOf(decodeCheckpoint(stored))).toEqual({ ...identity, workers: 1, spec: unbounded });
});

it('refuses a spec that was tampered with', () => {
  const wrong = { ...spec, agents: [{ ...spec.agents[0], action: { kind: 'discrete', size: -1 } }] };
  expect(() => provenanceOf(asState({ ...identity, spec: wrong }))).toThrow(
    "the checkpoint's environment spec is damaged at agents.0.action",
  );
});
