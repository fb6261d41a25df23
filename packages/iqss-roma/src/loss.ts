/** What one visit teaches of a value, equations (1), (2), (3) and (8): r + γ V(next), or r where nothing follows. */
export const temporalDifferenceTarget = (
  reward: number,
  discount: number,
  ended: boolean,
  nextValue: number,
): number => (ended ? reward : reward + discount * nextValue);

/** The left side of equations (1) to (4): (1 − α) Q + α y. */
export const movedTowards = (value: number, target: number, rate: number): number =>
  value + rate * (target - value);

/**
 * Hysteretic Q-learning (Matignon et al. 2007): good news counts with one rate, bad news with a smaller one, since bad
 * news may be the others' exploring. Equal rates are independent Q-learning, equation (2).
 */
export const hystereticRate = (error: number, gain: number, loss: number): number =>
  error >= 0 ? gain : loss;

/**
 * The threshold δ of N^δ (section IV), below the chance that the agents who still explore happen to play one
 * particular joint action: 0.1 ∏ ε / |A_j| over them, at least 10⁻⁶. Above that chance, δ would forget successors that
 * the team can reach.
 * @param exploring for each agent that explores beside the collector, how many actions it has.
 */
export const explorationFloor = (epsilon: number, exploring: readonly number[]): number =>
  Math.max(
    1e-6,
    exploring.reduce((chance, actions) => (chance * epsilon) / actions, 0.1),
  );
