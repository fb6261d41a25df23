import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Membership, Successors } from './successors';

const sizes = { states: 3, actions: 2 };
const keepAll: Membership = { window: Number.POSITIVE_INFINITY, delta: 0, minimumVisits: 1, doubt: 0 };

/** Note a transition and give its pair a value. */
const see = (table: Successors, state: number, action: number, successor: number, value: number): void => {
  if (table.full) table.forget();
  table.learn(state, table.record(state, action, successor), value);
};

describe('the successors that were seen', () => {
  it('knows nothing of what was never seen', () => {
    const table = new Successors(sizes, keepAll);
    expect(table.bestPair(0, 0)).toBe(-1);
    expect(table.bestValue(0, 0)).toBe(-Infinity);
  });

  it('values an action by the best successor it has led to, equation (5)', () => {
    const table = new Successors(sizes, keepAll);
    see(table, 0, 0, 5, 1);
    see(table, 0, 0, 6, 4);
    see(table, 0, 1, 7, 3);
    expect([table.bestValue(0, 0), table.bestValue(0, 1)]).toEqual([4, 3]);
  });

  it('shares the value of (s, s′) among the actions that led there', () => {
    const table = new Successors(sizes, keepAll);
    see(table, 0, 0, 5, 1);
    see(table, 0, 1, 5, 9);
    expect([table.bestValue(0, 0), table.bestValue(0, 1)]).toEqual([9, 9]);
  });

  it('forgets what fell out of the window', () => {
    const table = new Successors(sizes, { ...keepAll, window: 2 });
    see(table, 0, 0, 5, 9);
    see(table, 0, 0, 6, 1);
    see(table, 0, 0, 6, 1);
    expect(table.bestValue(0, 0)).toBe(1);
    see(table, 0, 0, 5, 9);
    expect(table.bestValue(0, 0)).toBe(9);
  });

  it('says which state a forgotten transition was of', () => {
    const table = new Successors(sizes, { ...keepAll, window: 1 });
    see(table, 2, 1, 5, 9);
    expect(table.full).toBe(true);
    expect(table.forget()).toBe(2);
    expect(table.full).toBe(false);
  });

  it('counts a successor only above the share δ', () => {
    const table = new Successors(sizes, { ...keepAll, delta: 0.25 });
    see(table, 0, 0, 5, 9);
    for (let time = 0; time < 2; time++) see(table, 0, 0, 6, 1);
    expect(table.bestValue(0, 0)).toBe(9);
    see(table, 0, 0, 6, 1);
    expect(table.bestValue(0, 0)).toBe(1);
  });

  it('counts a successor only once it was seen often enough', () => {
    const table = new Successors(sizes, { ...keepAll, minimumVisits: 2 });
    see(table, 0, 0, 5, 9);
    expect(table.bestValue(0, 0)).toBe(-Infinity);
    see(table, 0, 0, 5, 9);
    expect(table.bestValue(0, 0)).toBe(9);
  });

  it('doubts what was seldom seen', () => {
    const table = new Successors(sizes, { ...keepAll, doubt: 6 });
    see(table, 0, 0, 5, 10);
    expect(table.bestValue(0, 0)).toBe(4);
    for (let time = 0; time < 3; time++) see(table, 0, 0, 5, 10);
    expect(table.bestValue(0, 0)).toBe(7);
  });

  it('finds the lowest successor within reach of a value', () => {
    const table = new Successors(sizes, keepAll);
    see(table, 0, 0, 8, 10);
    see(table, 0, 0, 5, 7);
    see(table, 0, 0, 3, 1);
    expect(table.lowestAbove(0, 0, 6)).toBe(5);
    expect(table.lowestAbove(0, 0, 11)).toBe(Infinity);
  });

  const transition = fc.tuple(fc.nat(2), fc.nat(1), fc.nat(4), fc.integer({ min: -3, max: 3 }));
  const memberships = fc.record({
    window: fc.constantFrom(3, 7, Number.POSITIVE_INFINITY),
    delta: fc.constantFrom(0, 0.2),
    minimumVisits: fc.constantFrom(1, 2),
    doubt: fc.constantFrom(0, 2),
  });

  it('keeps the best successors that a search through all of memory finds', () => {
    fc.assert(
      fc.property(fc.array(transition, { maxLength: 60 }), memberships, (history, membership) => {
        const table = new Successors(sizes, membership);
        const values = new Map<string, { value: number; visits: number }>();
        for (const [state, action, successor, value] of history) {
          see(table, state, action, successor, value);
          const key = `${state} ${successor}`;
          values.set(key, { value, visits: (values.get(key)?.visits ?? 0) + 1 });
        }
        const { window, delta, minimumVisits, doubt } = membership;
        const held = Number.isFinite(window) ? history.slice(-window) : history;
        for (let state = 0; state < sizes.states; state++) {
          for (let action = 0; action < sizes.actions; action++) {
            const here = held.filter(([s, a]) => s === state && a === action);
            let best = Number.NEGATIVE_INFINITY;
            for (let successor = 0; successor < 5; successor++) {
              const count = here.filter(([, , to]) => to === successor).length;
              if (count < minimumVisits || count <= delta * here.length) continue;
              const { value, visits } = values.get(`${state} ${successor}`)!;
              best = Math.max(best, value - doubt / Math.sqrt(visits));
            }
            expect(table.bestValue(state, action)).toBe(best);
          }
        }
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it('is the same after saving and restoring, and goes on the same', () => {
    fc.assert(
      fc.property(
        fc.array(transition, { maxLength: 150 }),
        fc.array(transition, { maxLength: 20 }),
        memberships,
        (before, after, membership) => {
          const table = new Successors(sizes, membership);
          for (const step of before) see(table, ...step);
          const restored = new Successors(sizes, membership);
          restored.restore(table.save());
          for (const step of after) {
            see(table, ...step);
            see(restored, ...step);
          }
          expect(restored.save()).toEqual(table.save());
        },
      ),
      { seed: 2, numRuns: 100 },
    );
  });
});
