/**
 * What to make of an episode that was cut off: go on with the value of its final moment; leave its last step out by
 * giving it an advantage of 0 (HARL); or take it for the end of the world (JaxMARL, pymarl).
 */
export type TimeLimit = 'bootstrap' | 'zero' | 'terminal';

/** How a step ended its episode: the codes of `ends`. */
export const endings = { none: 0, terminated: 1, truncated: 2 } as const;

/** Steps of copies that run side by side. A column is an agent, or the whole team where it has one value. */
export interface ValuedSteps {
  readonly copies: number;
  readonly columns: number;
  /** `[time, environment, column]` */
  readonly rewards: Float32Array;
  /** `[time, environment, column]`, of the moment in which the step was taken. */
  readonly values: Float32Array;
  /**
   * `[time, environment, column]`, of the moment that followed in the same episode: the next step's, or the final one's
   * where the episode was cut off. Means nothing where it terminated.
   */
  readonly nextValues: Float32Array;
  /** `[time, environment]`, codes of `endings`. */
  readonly ends: Uint8Array;
}

export interface AdvantageOptions {
  /** γ */
  readonly discount: number;
  /** λ: 0 looks one step ahead, 1 to the end. */
  readonly lambda: number;
  readonly timeLimit: TimeLimit;
}

/**
 * Generalised advantage estimation, Schulman et al. 2016, equation 16, backwards in time:
 * Â(t) = r(t) + γ v(t + 1) − v(t) + γ λ c(t + 1) Â(t + 1), where nothing follows the end of an episode.
 * With the values added these are the returns TD(λ).
 * @param traces c, `[time, environment, column]`, such as those of an off-policy correction; 1 where left out.
 * @returns `[time, environment, column]`
 */
export const estimateAdvantages = (
  { copies, columns, rewards, values, nextValues, ends }: ValuedSteps,
  { discount, lambda, timeLimit }: AdvantageOptions,
  traces?: Float32Array,
): Float32Array => {
  const advantages = new Float32Array(rewards.length);
  const width = copies * columns;
  for (let row = ends.length - 1; row >= 0; row--) {
    const end = ends[row];
    if (end === endings.truncated && timeLimit === 'zero') continue;
    const follows = end === endings.none || (end === endings.truncated && timeLimit === 'bootstrap');
    for (let entry = row * columns; entry < (row + 1) * columns; entry++) {
      const next = follows ? discount * nextValues[entry] : 0;
      const later = entry + width;
      const goesOn = end === endings.none && later < advantages.length;
      const carried = goesOn ? discount * lambda * (traces ? traces[later] : 1) * advantages[later] : 0;
      advantages[entry] = rewards[entry] + next - values[entry] + carried;
    }
  }
  return advantages;
};
