import type { Battle } from './battle';
import { fullHealths } from './units';

/** What is reported at the end of an episode: 0 or 1 for how it ended (else it was cut off), and who is left. */
export const metricNames = ['winRate', 'lossRate', 'drawRate', 'alliesAlive', 'enemiesAlive'] as const;

const allies = 0;
const enemies = 1;

/** Judges one copy after another; `before` is asked for before a step, the rest after it. */
export interface Judge {
  before(copy: number): void;
  /** Whether all of a team are dead. */
  defeated(copy: number, team: 0 | 1): boolean;
  reward(copy: number, team: 0 | 1): number;
  metrics(copy: number, into: Float32Array, at: number): void;
}

/** JaxMARL, `compute_reward` and `is_terminal`. */
export const createJudge = (battle: Battle): Judge => {
  const { units, alive, health, type } = battle;
  const { selfPlayReward, wonBattleBonus } = battle.rules;
  const earlier = new Float64Array(units);

  const from = (team: 0 | 1): number => (team === allies ? 0 : battle.allies);
  const to = (team: 0 | 1): number => (team === allies ? battle.allies : units);

  const living = (copy: number, team: 0 | 1): number => {
    let count = 0;
    for (let unit = from(team); unit < to(team); unit++) count += alive[copy * units + unit];
    return count;
  };

  /** Health that a team lost in this step, in shares of full health, the mean over its units. */
  const lost = (copy: number, team: 0 | 1): number => {
    let sum = 0;
    for (let unit = from(team); unit < to(team); unit++) {
      const own = copy * units + unit;
      sum += (earlier[unit] - health[own]) / fullHealths[type[own]];
    }
    return Math.abs(sum) / (to(team) - from(team));
  };

  const defeated = (copy: number, team: 0 | 1): boolean => living(copy, team) === 0;

  return {
    before(copy) {
      for (let unit = 0; unit < units; unit++) earlier[unit] = health[copy * units + unit];
    },
    defeated,
    reward(copy, team) {
      const opponent = team === allies ? enemies : allies;
      const won = defeated(copy, opponent);
      const beaten = defeated(copy, team);
      // Annihilation of both is a draw, and pays nobody.
      const victory = won && !beaten ? wonBattleBonus : 0;
      if (!selfPlayReward) return lost(copy, opponent) + victory;
      return beaten && !won ? -wonBattleBonus : victory;
    },
    metrics(copy, into, at) {
      const [own, others] = [living(copy, allies), living(copy, enemies)];
      into[at] = own > 0 && others === 0 ? 1 : 0;
      into[at + 1] = own === 0 && others > 0 ? 1 : 0;
      into[at + 2] = own === 0 && others === 0 ? 1 : 0;
      into[at + 3] = own;
      into[at + 4] = others;
    },
  };
};
