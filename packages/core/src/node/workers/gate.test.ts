import { expect, it } from 'vitest';
import { close, createGate, mayBegin } from './gate';

it('lets everybody through until it is closed, then nobody further than the furthest', () => {
  const gate = createGate(4);
  expect([mayBegin(gate, 5), mayBegin(gate, 6), mayBegin(gate, 5)]).toEqual([true, true, true]);
  close(gate);
  close(gate);
  expect([mayBegin(gate, 7), mayBegin(gate, 6), mayBegin(gate, 7)]).toEqual([false, true, false]);
});

it('lets the first step through even if it is closed before', () => {
  const gate = createGate(1);
  close(gate);
  expect([mayBegin(gate, 1), mayBegin(gate, 2)]).toEqual([true, false]);
});
