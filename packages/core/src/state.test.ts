import { describe, expect, it } from 'vitest';
import { CheckpointError } from './errors';
import {
  type State,
  stateArray,
  stateBoolean,
  stateList,
  stateNumber,
  stateNumbers,
  stateString,
  stateTensor,
  stateTree,
  stateTrees,
} from './state';

const weight = { shape: [2, 1], data: Float32Array.of(1, 2) };
const words = Uint32Array.of(1, 2);
const state: State = {
  step: -0,
  name: 'a',
  done: true,
  sizes: [1, 2],
  words,
  agents: [{ weight }, { weight: null }],
  learner: { optimiser: { step: '3' } },
};

describe('what restores a state', () => {
  it('gets the values themselves', () => {
    expect(Object.is(stateNumber(state, 'step'), -0)).toBe(true);
    expect(stateString(state, 'name')).toBe('a');
    expect(stateBoolean(state, 'done')).toBe(true);
    expect(stateList(state, 'sizes')).toBe(state.sizes);
    expect(stateNumbers(state, 'sizes', 2)).toEqual([1, 2]);
    expect(stateArray(state, 'words', Uint32Array, 2)).toBe(words);
    expect(stateTensor(stateTrees(state, 'agents', 2)[0], 'weight', [2, 1])).toBe(weight);
  });

  it.each<[string, () => unknown, string]>([
    ['missing', () => stateNumber(state, 'gone'), '"gone" should be a number but is missing'],
    ['inherited', () => stateNumber(state, 'toString'), '"toString" should be a number but is missing'],
    ['of another type', () => stateString(state, 'step'), '"step" should be a string but is 0'],
    [
      'of another array type',
      () => stateArray(state, 'words', Int32Array),
      'a Int32Array but is a Uint32Array of length 2',
    ],
    [
      'of another length',
      () => stateArray(state, 'words', Uint32Array, 3),
      'a Uint32Array of length 3 but is',
    ],
    [
      'a list of another length',
      () => stateTrees(state, 'agents', 3),
      '"agents" should be a list of length 3 but is a list of length 2',
    ],
    ['a list of others', () => stateTrees(state, 'sizes'), '"sizes/0" should be a tree but is 1'],
    [
      'no list of numbers',
      () => stateNumbers(state, 'agents'),
      '"agents/0" should be a number but is a tree',
    ],
    [
      'an array, not a tree',
      () => stateTree(state, 'words'),
      '"words" should be a tree but is a Uint32Array',
    ],
    [
      'of another shape',
      () => stateTensor(stateTrees(state, 'agents')[0], 'weight', [1, 2]),
      '"agents/0/weight" should be a Float32Array tensor of shape [1,2] but is a Float32Array tensor of shape [2,1]',
    ],
    [
      'null',
      () => stateTensor(stateTrees(state, 'agents')[1], 'weight'),
      '"agents/1/weight" should be a Float32Array tensor but is null',
    ],
    [
      'deep inside',
      () => stateNumber(stateTree(stateTree(state, 'learner'), 'optimiser'), 'step'),
      '"learner/optimiser/step" should be a number but is the string "3"',
    ],
  ])('hears of a value that is %s', (_, restore, message) => {
    expect(restore).toThrow(CheckpointError);
    expect(restore).toThrow(message);
  });
});
