import * as tf from '@tensorflow/tfjs-core';
import { gradient, isRecorded } from './gradient.js';

/**
 * tf.logSoftmax runs no kernel: it is a tf.customGrad that saves its output y, and its stock second derivative is
 * silently wrong, because the saved copy of y stands on the tape before the node that makes y, and so counts as a
 * constant. But the engine (4.22.0, `addTapeNode`) looks a custom gradient up in the registry first, under the name of
 * the operation's scope. Ours moves the copy behind its node, and then differentiates as any other.
 */
function connect(saved: tf.Tensor[]): void {
  const tape = tf.engine().state.activeTape;
  const position = tape.findLastIndex((node) => node.saved === saved);
  const copyPosition = tape.findIndex((node) => node.outputs[0] === saved[0]);
  if (copyPosition < 0 || copyPosition > position) return;
  const [copy] = tape.splice(copyPosition, 1);
  tape.splice(position, 0, copy);
}

/** With y = logSoftmax(x) over the last axis: dx = dy − Σdy · e^y. */
const logSoftmax = gradient('logSoftmax__op', {}, (dy, saved) => ({
  0: () => {
    if (isRecorded()) connect(saved);
    return tf.sub(dy, tf.mul(tf.sum(dy, -1, true), tf.exp(saved[0])));
  },
}));

export const customGradients: readonly tf.GradConfig[] = [logSoftmax];
