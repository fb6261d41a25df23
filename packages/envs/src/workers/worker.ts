/** The program of a worker: it makes its copies of a world, then does what the main thread says until that says stop. */
import { type MessagePort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import type { Frame, State, VectorEnvironment } from '@murmuration/core';
import { answer, type Control, orders } from './channel';
import { parentOf } from './streams';
import { createShard, familyOf } from './world';

/** What a worker is started with. */
export interface WorkerInput {
  readonly id: string;
  readonly options: unknown;
  readonly copies: number;
  readonly control: Control;
  readonly port: MessagePort;
  /** `[environment, agent, actionWidth]` of its copies, in shared memory. */
  readonly actions: Float32Array;
}

/** What is sent before an order that needs it: a frame when it is used first, streams to reset with, a state to restore. */
export type Message =
  | { readonly frame: Frame }
  | { readonly streams: readonly State[] }
  | { readonly state: State };

const { id, options, copies, control, port, actions } = workerData as WorkerInput;
const frames: Frame[] = [];

const receive = <T extends Message>(): T => receiveMessageOnPort(port)?.message as T;

const frameOf = (number: number): Frame => {
  if (number === frames.length) frames.push(receive<{ frame: Frame }>().frame);
  return frames[number];
};

const obey = (world: VectorEnvironment, order: number, frame: number): void => {
  if (order === orders.step) world.step(actions, frameOf(frame));
  if (order === orders.reset) {
    const into = frameOf(frame);
    world.reset(parentOf(receive<{ streams: State[] }>().streams), into);
  }
  if (order === orders.save) port.postMessage({ state: world.save() });
  if (order === orders.restore) world.restore(receive<{ state: State }>().state);
};

const refuse = (error: unknown): false => {
  port.postMessage({ error: error instanceof Error ? error.message : String(error) });
  return false;
};

const trying = (act: () => void): boolean => {
  try {
    act();
    return true;
  } catch (error) {
    return refuse(error);
  }
};

const start = async (): Promise<VectorEnvironment> => {
  await familyOf(id).load?.();
  return createShard(id, options, copies);
};

let world: VectorEnvironment | undefined;
let success = await start().then((made) => {
  world = made;
  return true;
}, refuse);
for (;;) {
  const { order, frame } = answer(control, success);
  if (order === orders.stop) break;
  const made = world;
  success = made !== undefined && trying(() => obey(made, order, frame));
}
world?.dispose?.();
port.close();
