import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeCheckpoint } from '../files/checkpoint';
import { randomFrom } from '../random';
import { resolveConfiguration } from '../resolve';
import { stateNumber, stateTree } from '../state';
import type { Checkpoint } from '../train/checkpoint';
import { Rehearsal } from '../train/rehearsal';
import { Session } from '../train/session';
import { createEnvironment } from '../vectorize';
import { resumeInFreshProcess } from './freshProcess';
import { type LearnerSubject, trainSubject, wholeRun } from './subject';

const bytesOf = (checkpoint: Checkpoint): Uint8Array => encodeCheckpoint(checkpoint).tensors;

const learned = (checkpoint: Checkpoint): Uint8Array => bytesOf(stateTree(checkpoint, 'session'));

/** How many tensors exist; none where the learner has not started the tensor backend. */
const countTensors = async (): Promise<number> => {
  const { memory } = await import('@tensorflow/tfjs-core');
  return memory().numTensors;
};

const updatesPerSubject = 60;

/** Run a learner by itself, counting its updates. */
const createRun = async ({ algorithm, environment, settings, copies = 1 }: LearnerSubject) => {
  const world = createEnvironment(environment, copies);
  const configuration = resolveConfiguration(algorithm, world.spec, settings);
  const learner = await algorithm.create(world.spec, configuration, randomFrom(1, 'learner'));
  const rehearsal = new Rehearsal(environment, 1);
  const session = new Session(learner, world, rehearsal);
  session.reset(randomFrom(1, 'environment'));
  let updates = 0;
  const update = learner.update.bind(learner);
  learner.update = (batch, context) => {
    updates++;
    return update(batch, context);
  };
  return {
    learner,
    async until(count: number) {
      while (updates < count) await session.advance();
    },
  };
};

const testOne = (name: string, subject: LearnerSubject, directory: () => string): void => {
  describe(name, () => {
    it('gives equal runs for equal seeds, and others for others', async () => {
      const steps = { steps: subject.steps, evaluateEvery: subject.steps, episodes: 1 };
      const first = learned(await trainSubject(subject, steps));
      expect(learned(await trainSubject(subject, steps))).toEqual(first);
      expect(learned(await trainSubject(subject, { ...steps, seed: 2 }))).not.toEqual(first);
    });

    it('learns the same however often it is evaluated', async () => {
      const seldom = await trainSubject(subject, {
        steps: subject.steps,
        evaluateEvery: subject.steps,
        episodes: 1,
      });
      const every = Math.ceil(subject.steps / 10);
      const often = await trainSubject(subject, { steps: subject.steps, evaluateEvery: every, episodes: 3 });
      expect(learned(often)).toEqual(learned(seldom));
    });

    it('resumes in a new process as if it had never stopped, to the bit', async () => {
      const whole = await readFile(join(directory(), `${name}.whole`));
      expect((await readFile(join(directory(), `${name}.resumed`))).equals(whole)).toBe(true);
    });

    it(`holds as many tensors after ${updatesPerSubject} updates as before, and none when disposed`, async () => {
      const before = await countTensors();
      const run = await createRun(subject);
      await run.until(5);
      const early = await countTensors();
      await run.until(5 + updatesPerSubject);
      expect(await countTensors()).toBe(early);
      run.learner.dispose();
      expect(await countTensors()).toBe(before);
    });
  });
};

/**
 * The contract of a learner: equal seeds give equal runs; evaluating changes nothing; training 2N steps equals
 * training N, saving, loading in a new process and training N, to the bit; no update leaves a tensor behind.
 * @param subjects each is tested under its name.
 * @param module the file that exports them as `subjects`, so that a new process can load them.
 */
export const testLearner = (subjects: Readonly<Record<string, LearnerSubject>>, module: URL): void => {
  describe('the contract of a learner', () => {
    let directory = '';
    beforeAll(async () => {
      directory = await mkdtemp(join(tmpdir(), 'murmuration-'));
      for (const [name, subject] of Object.entries(subjects)) {
        const { algorithm, environment, settings, copies } = subject;
        const options = { settings, copies, seed: 1, ...wholeRun(subject) };
        const { train } = await import('../train/train');
        for await (const event of train(algorithm, environment, options)) {
          if (event.event !== 'checkpoint') continue;
          const half = stateNumber(event.checkpoint, 'step') < 2 * subject.steps;
          await writeFile(join(directory, `${name}.${half ? 'half' : 'whole'}`), bytesOf(event.checkpoint));
        }
      }
      await resumeInFreshProcess(module, directory);
    }, 300_000);
    afterAll(() => rm(directory, { recursive: true, force: true }));
    for (const [name, subject] of Object.entries(subjects)) testOne(name, subject, () => directory);
  });
};
