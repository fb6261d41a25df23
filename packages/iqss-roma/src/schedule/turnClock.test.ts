import { randomFrom } from '@murmuration/core';
import { describe, expect, it } from 'vitest';
import { collector, junior, senior, TurnClock, type TurnOptions } from './turnClock';

const defaults: TurnOptions = { turn: 3, order: 'fixed', clock: { lag: 0, loss: 0 } };

const create = (agents: number, options: Partial<TurnOptions> = {}, seed = 0) =>
  new TurnClock(agents, { ...defaults, ...options }, randomFrom(seed));

const roles = (clock: TurnClock, agents: number): number[] =>
  Array.from({ length: agents }, (_, agent) => clock.role(agent));

/** Roles in each of the first steps. */
const play = (clock: TurnClock, agents: number, steps: number): number[][] =>
  Array.from({ length: steps }, () => {
    const now = roles(clock, agents);
    clock.advance(1);
    return now;
  });

describe('the turn clock', () => {
  it('lets agents collect in order, three steps each, for ever', () => {
    const collectors = play(create(3), 3, 20).map((each) => each.indexOf(collector));
    expect(collectors).toEqual([0, 0, 0, 1, 1, 1, 2, 2, 2, 0, 0, 0, 1, 1, 1, 2, 2, 2, 0, 0]);
  });

  it('makes seniors of those before the collector and juniors of those after', () => {
    const history = play(create(3), 3, 10);
    expect(history[0]).toEqual([collector, junior, junior]);
    expect(history[4]).toEqual([senior, collector, junior]);
    expect(history[8]).toEqual([senior, senior, collector]);
    expect(history[9]).toEqual([collector, junior, junior]);
  });

  it('counts the steps of all copies', () => {
    const clock = create(3);
    clock.advance(7);
    expect(roles(clock, 3)).toEqual([senior, senior, collector]);
  });

  it('draws a new order for each round where asked to', () => {
    const history = play(create(4, { order: 'random' }), 4, 3 * 4 * 50);
    const rounds = Array.from({ length: 50 }, (_, round) =>
      Array.from({ length: 4 }, (_, turn) => history[(round * 4 + turn) * 3].indexOf(collector)),
    );
    for (const round of rounds) expect([...round].sort()).toEqual([0, 1, 2, 3]);
    expect(new Set(rounds.map(String)).size).toBeGreaterThan(15);
  });

  it('never lets an agent be early, nor later than its lag', () => {
    const options = { turn: 10, clock: { lag: 4, loss: 0 } };
    const late = new Set<number>();
    for (let seed = 0; seed < 30; seed++) {
      const history = play(create(2, options, seed), 2, 60);
      history.forEach(([first], step) => {
        const truth = Math.floor(step / 10) % 2 === 0 ? collector : senior;
        if (first === truth) return;
        const since = step % 10;
        expect(since).toBeLessThan(4);
        late.add(since);
      });
    }
    expect([...late].sort()).toEqual([0, 1, 2, 3]);
  });

  it('lets an agent that does not hear of a turn believe on', () => {
    const deaf = play(create(2, { clock: { lag: 0, loss: 1 } }), 2, 9);
    expect(new Set(deaf.map(String))).toEqual(new Set([String([collector, junior])]));
  });

  it('goes on the same after saving and restoring', () => {
    const options: TurnOptions = { turn: 3, order: 'random', clock: { lag: 2, loss: 0.3 } };
    const clock = create(4, options, 1);
    clock.advance(17);
    const restored = create(4, options, 2);
    restored.restore(clock.save());
    expect(play(restored, 4, 60)).toEqual(play(clock, 4, 60));
  });
});
