import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commandLine } from './commandLine';
import { integer, positiveInteger, positiveIntegers } from './numbers';
import { spreadSets } from './spreadSets';

describe('numbers', () => {
  test.each([
    ['7', 7],
    ['1e6', 1_000_000],
    ['1_000', 1000],
  ])('%s is %i', (text, value) => expect(positiveInteger('--steps')(text)).toBe(value));

  test.each(['', '0', '-3', '1.5', '1e-3', 'abc', '0x10', 'NaN', 'Infinity', '9007199254740993'])(
    '%j is no positive integer',
    (text) => {
      const message = `--steps is ${JSON.stringify(text)}; give a positive integer`;
      expect(() => positiveInteger('--steps')(text)).toThrow(message);
    },
  );

  test('a seed may be any integer', () => {
    fc.assert(fc.property(fc.maxSafeInteger(), (value) => integer('--seed')(String(value)) === value));
  });

  test('lists grow with every repetition', () => {
    const agents = positiveIntegers('--agents');
    expect(agents('7', agents('3, 5'))).toEqual([3, 5, 7]);
    expect(() => agents('3,,5')).toThrow('--agents is ""; give a positive integer');
  });
});

describe('spreadSets', () => {
  test('one flag may be followed by several', () => {
    expect(spreadSets(['train', 'a', 'b/3', '--set', 'x=1', 'y.z=2', '--seed', '3'])).toEqual([
      'train',
      'a',
      'b/3',
      '--set',
      'x=1',
      '--set',
      'y.z=2',
      '--seed',
      '3',
    ]);
  });

  test('arguments after it stay arguments', () => {
    const argv = ['train', '--set', 'x=1', 'roma-iqss', './my=world.mjs', '--set', 'y=2'];
    expect(spreadSets(argv)).toEqual(argv);
  });
});

test('a command line can be pasted into a shell', () => {
  expect(
    commandLine('compare', ['a,b', "./it's mine.mjs"], {
      seeds: 3,
      quick: true,
      slow: false,
      steps: undefined,
      set: ['x=1', 'name=two words'],
    }),
  ).toBe(`murmuration compare a,b './it'\\''s mine.mjs' --seeds 3 --quick --set x=1 --set 'name=two words'`);
});
