import { type Advance, createTicks } from './advance';
import { type Battle, createBattle, type Rules } from './battle';
import { createDecide, type Decide } from './heuristic';
import { createJudge, type Judge } from './outcome';
import { createShow, type Show } from './show';
import { createStart, type Start } from './start';

/** A battle and everything that acts on it: what the environment is made of, and what replays of traces drive. */
export interface Mechanics {
  readonly battle: Battle;
  readonly start: Start;
  readonly decide: Decide;
  readonly advance: Advance;
  readonly judge: Judge;
  readonly show: Show;
}

/** @param observers how many units of each copy, counted from the first ally, {@link Mechanics.show} is about. */
export const createMechanics = (rules: Rules, copies: number, observers?: number): Mechanics => {
  const battle = createBattle(rules, copies);
  const { advance, push } = createTicks(battle);
  return {
    battle,
    start: createStart(battle, push),
    decide: createDecide(battle),
    advance,
    judge: createJudge(battle),
    show: createShow(battle, observers ?? battle.units),
  };
};
