import * as tf from '@tensorflow/tfjs-core';
import { gradient, isRecorded } from './gradient.js';

// tf.logSoftmax and tf.losses.softmaxCrossEntropy run no kernel: they are tf.customGrads, which save log-probabilities.
// Such a copy has no history on the tape, so that stock second derivatives are wrong or missing. But the engine (4.22.0,
// `addTapeNode`) looks a custom gradient up in the registry first, under the name of the operation's scope. So ours run
// instead, and tell the tape where the copy came from.

/** With y = logSoftmax(x) over the last axis: dx = dy − Σdy · e^y. */
const logSoftmaxGradient = (dy: tf.Tensor, y: tf.Tensor): tf.Tensor =>
  tf.sub(dy, tf.mul(tf.sum(dy, -1, true), tf.exp(y)));

/**
 * Records that `copy`, one of `saved`, is the logSoftmax of input `logits` of the operation that saved it; where an
 * outer gradient is going to look, and once, however often that operation is differentiated.
 */
function recordHistory(saved: tf.Tensor[], copy: tf.Tensor, logits: string): void {
  if (!isRecorded()) return;
  const { state } = tf.engine();
  const tape = state.activeTape;
  if (tape.some(({ kernelName, outputs }) => kernelName === 'LogSoftmax' && outputs[0] === copy)) return;
  const position = tape.findLastIndex((node) => node.saved === saved);
  tape.splice(position, 0, {
    id: state.nextTapeNodeId++,
    kernelName: 'LogSoftmax',
    inputs: { logits: tape[position].inputs[logits] },
    outputs: [copy],
    saved: [],
    gradient: ([dy]) => ({ logits: () => logSoftmaxGradient(dy, copy) }),
  });
}

const logSoftmax = gradient('logSoftmax__op', {}, (dy, saved) => ({
  0: () => {
    const [y] = saved;
    recordHistory(saved, y, '0');
    return logSoftmaxGradient(dy, y);
  },
}));

/**
 * One loss a row, −Σ labels·logSoftmax(logits). Unlike the stock gradient, right also for labels that do not sum to one,
 * and with respect to the labels.
 */
const softmaxCrossEntropy = gradient('softmaxCrossEntropy__op', {}, (dy, saved) => {
  const [labels, logProbabilities] = saved;
  const upstream = () => tf.expandDims(dy, -1);
  return {
    0: () => {
      recordHistory(saved, logProbabilities, '1');
      return tf.neg(tf.mul(upstream(), logProbabilities));
    },
    1: () => {
      recordHistory(saved, logProbabilities, '1');
      const expected = tf.mul(tf.sum(labels, -1, true), tf.exp(logProbabilities));
      return tf.mul(upstream(), tf.sub(expected, labels));
    },
  };
});

export const customGradients: readonly tf.GradConfig[] = [logSoftmax, softmaxCrossEntropy];
