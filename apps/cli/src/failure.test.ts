import { CheckpointError, ConfigurationError } from '@murmuration/core';
import { CommanderError } from 'commander';
import { expect, test } from 'vitest';
import { describeFailure, InterruptedError, UsageError } from './failure';

test.each([
  [new UsageError('a is b; do c'), 'a is b; do c', 2],
  [new ConfigurationError('@murmuration/core', 'a is b; do c'), 'a is b; do c', 2],
  [new CheckpointError('@murmuration/core', 'torn\n  in two'), 'torn; in two', 1],
  [new InterruptedError('interrupted'), 'interrupted', 130],
  [
    new TypeError('x is not a function'),
    'TypeError: x is not a function; MURMURATION_DEBUG=1 shows where',
    1,
  ],
  [new Error(''), 'Error: Error; MURMURATION_DEBUG=1 shows where', 1],
  ['thrown text', 'thrown text', 1],
  [
    new CommanderError(1, 'x', "error: unknown option '--stepz'\n(Did you mean --steps?)"),
    "unknown option '--stepz'; did you mean --steps?",
    2,
  ],
  [
    new CommanderError(1, 'x', "error: missing required argument 'run'"),
    "missing required argument 'run'; see murmuration --help",
    2,
  ],
])('%s', (error, line, status) => {
  expect(describeFailure(error)).toEqual({ line, status });
});

test('help is no failure', () => {
  expect(describeFailure(new CommanderError(0, 'commander.helpDisplayed', '(outputHelp)'))).toEqual({
    status: 0,
  });
});
