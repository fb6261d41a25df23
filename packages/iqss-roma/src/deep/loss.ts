import {
  abs,
  add,
  div,
  logSoftmax,
  mean,
  mul,
  neg,
  relu,
  type Scalar,
  square,
  sub,
  sum,
  type Tensor,
  type Tensor1D,
  type Tensor2D,
} from '@murmuration/core/tensors';

/** Mean of (Q − y)², the loss of equation (8). Both `[batch]`; y is a constant. */
export const squaredError = (values: Tensor1D, targets: Tensor1D): Scalar =>
  mean(square(sub(values, targets))) as Scalar;

/**
 * The same where results worse than expected count less: hysteretic Q-learning's two rates as weights of the two sides
 * of the error e = y − Q, mean of max(e, 0)² + w max(−e, 0)². A weight of 1 is the plain squared error.
 */
export const hystereticError = (values: Tensor1D, targets: Tensor1D, lossWeight: number): Scalar => {
  const error = sub(targets, values);
  return mean(add(square(relu(error)), mul(lossWeight, square(relu(neg(error)))))) as Scalar;
};

/**
 * −mean log P(s′ | s, a), section IV (a).
 * @param logits `[batch, state]` @param reached one-hot `[batch, state]`
 */
export const negativeLogLikelihood = (logits: Tensor2D, reached: Tensor2D): Scalar =>
  neg(mean(sum(mul(logSoftmax(logits), reached), 1))) as Scalar;

/** r + γ (1 − ended) V(next), all `[batch]`. */
export const bootstrapped = (
  rewards: Tensor1D,
  discount: number,
  ended: Tensor1D,
  nextValues: Tensor1D,
): Tensor1D => add(rewards, mul(mul(sub(1, ended), discount), nextValues)) as Tensor1D;

/** Values of actions, those that cannot be taken out of reach. @param available 1 or 0 `[batch, action]` */
export const allowed = (values: Tensor2D, available: Tensor2D): Tensor2D =>
  add(values, mul(sub(available, 1), 1e9)) as Tensor2D;

/**
 * The loss of I2Q's forward model: −λ Q_ss(s, f(s, a)) + the distance of f(s, a) from s′, with
 * λ = α / mean |Q_ss(s, f(s, a))| held constant, so that α weighs aiming high against staying with what was seen.
 * @param values Q_ss(s, f(s, a)) `[batch]` @param magnitude mean |Q_ss|, a constant
 */
export const forwardModelLoss = (
  values: Tensor1D,
  distance: Scalar,
  optimism: number,
  magnitude: Scalar,
): Scalar => sub(distance, mul(div(optimism, add(magnitude, 1e-6)), mean(values))) as Scalar;

export const meanMagnitude = (values: Tensor): Scalar => mean(abs(values)) as Scalar;
