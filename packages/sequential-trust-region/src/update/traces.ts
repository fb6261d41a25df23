export interface TraceOptions {
  /** c̄, above which a joint ratio counts as this much. */
  readonly clip: number;
  /** How often λ enters: once (the paper), or twice (the released code, by mistake). */
  readonly lambdaPower: 1 | 2;
}

/**
 * min(c̄, ρ) for each moment: how far the advantage of the step before may look through it, where ρ is how much more
 * likely the updated agents have made what was done (A2PO's preceding-agent off-policy correction; V-trace, Espeholt et
 * al. 2018).
 * @param ratios ρ @param lambda of the estimation, which enters once more for `lambdaPower` 2
 */
export const tracesOf = (
  ratios: Float32Array,
  { clip, lambdaPower }: TraceOptions,
  lambda: number,
): Float32Array => {
  const scale = lambdaPower === 2 ? lambda : 1;
  return ratios.map((ratio) => scale * Math.min(clip, ratio));
};
