import { existsSync } from 'node:fs';
import { MessageChannel, receiveMessageOnPort, Worker } from 'node:worker_threads';
import { EnvironmentError, type State } from '@murmuration/core';
import { ask, createControl, hear, type Order } from './channel';
import type { Message, WorkerInput } from './worker';

/** A worker that steps the copies `from` to `to` of a world. */
export interface Helper {
  readonly from: number;
  readonly to: number;
  /** `[environment, agent, actionWidth]` of its copies, in shared memory. */
  readonly actions: Float32Array;
  send(message: Message): void;
  ask(order: Order, frame?: number): void;
  /** Wait until it has done what it was asked. @throws EnvironmentError with what went wrong there. */
  hear(): State | undefined;
  stop(): void;
}

/** How long a worker may take for anything, in seconds. */
const patience = 120;

/** @param width actions of a copy. */
export const startHelper = (
  program: URL,
  id: string,
  options: unknown,
  [from, to]: readonly [number, number],
  width: number,
): Helper => {
  // A worker that cannot load says nothing to a thread that waits.
  if (program.protocol === 'file:' && !existsSync(program)) {
    throw new EnvironmentError('@murmuration/envs', `${program} is not there; give the workers' program`);
  }
  const control = createControl();
  const { port1, port2 } = new MessageChannel();
  const actions = new Float32Array(new SharedArrayBuffer(4 * (to - from) * width));
  const workerData: WorkerInput = { id, options, copies: to - from, control, port: port2, actions };
  const worker = new Worker(program, { workerData, transferList: [port2] });
  // A program that ends need not wait for them.
  worker.unref();
  port1.unref();
  return {
    ...{ from, to, actions },
    send: (message) => port1.postMessage(message),
    ask: (order, frame) => ask(control, order, frame),
    hear() {
      const heard = hear(control, patience * 1000);
      const message = receiveMessageOnPort(port1)?.message as { state?: State; error?: string } | undefined;
      if (heard === 'done') return message?.state;
      const found = message?.error ?? `${program} has not answered for ${patience} s; see whether it loads`;
      throw new EnvironmentError('@murmuration/envs', `${id}, in a worker: ${found}`);
    },
    stop() {
      ask(control, 'stop');
      port1.close();
    },
  };
};
