import { resolve } from 'node:path';
import { mergeOptions, resolveConfiguration } from '@murmuration/core';
import { openRunDirectory, readLatestCheckpoint } from '@murmuration/core/node';
import { UsageError } from '../failure';
import { findAlgorithm } from '../registry';
import { readSettings } from '../settings';
import type { Terminal } from '../terminal/terminal';
import { absoluteReference, openWorld, type World } from '../world';
import { checkAgreement } from './agree';
import type { OpenedRun, TrainRequest } from './openedRun';
import { asJson, type RunPlan, readRunPlan } from './runPlan';

/** @throws UsageError where something that is repeated is not as the run has it. */
const checkRepeated = async (path: string, request: TrainRequest, plan: RunPlan): Promise<World> => {
  const { algorithm, environment, seed, copies, steps, output } = request;
  const { evaluateEvery, episodes, checkpointEvery, workers } = request;
  if (output !== undefined && resolve(output) !== resolve(path)) {
    throw new UsageError(`--output is ${output}, but a resumed run goes on in ${path}; leave --output out`);
  }
  const ids = { algorithm, environment: environment && absoluteReference(environment) };
  checkAgreement(path, ids, plan);
  checkAgreement(
    path,
    {
      '--seed': seed,
      '--copies': copies,
      '--evaluate-every': evaluateEvery,
      '--episodes': episodes,
      '--checkpoint-every': checkpointEvery,
      '--workers': workers,
    },
    {
      '--seed': plan.seed,
      '--copies': plan.copies,
      '--evaluate-every': plan.evaluateEvery,
      '--episodes': plan.episodes,
      '--checkpoint-every': plan.checkpointEvery,
      '--workers': plan.workers,
    },
  );
  if (steps !== undefined && steps < plan.steps) {
    throw new UsageError(
      `--steps is ${steps}, but the run in ${path} has ${plan.steps}; leave it out, or give more`,
    );
  }
  const settings = await readSettings(request.set ?? [], request.config);
  const { preset, ...set } = settings.algorithm;
  checkAgreement(path, { preset }, plan);
  const kept = await openWorld({ environment: plan.environment, options: plan.environmentOptions });
  if (Object.keys(settings.environment).length > 0) {
    const options = { ...plan.environmentOptions, ...settings.environment };
    const asked = await openWorld({ environment: plan.environment, options });
    checkAgreement(path, { environment: asked.options }, { environment: kept.options });
  }
  const found = findAlgorithm(plan.algorithm);
  const before = resolveConfiguration(found, kept.spec, plan.configuration);
  const now = resolveConfiguration(found, kept.spec, mergeOptions(plan.configuration, set));
  checkAgreement(path, now as Readonly<Record<string, unknown>>, before as Readonly<Record<string, unknown>>);
  return kept;
};

/**
 * Open a run to go on with it from its last checkpoint, or from its start where it was stopped before the first one.
 * What came after that checkpoint is forgotten: it will happen again, to the bit.
 */
export const resumeRun = async (
  path: string,
  request: TrainRequest,
  terminal: Terminal,
): Promise<OpenedRun> => {
  const plan = await readRunPlan(path);
  const world = await checkRepeated(path, request, plan);
  const directory = await openRunDirectory(path);
  try {
    const latest = await readLatestCheckpoint(path);
    for (const warning of latest?.warnings ?? []) terminal.say(`skipped a damaged checkpoint: ${warning}`);
    await directory.truncateAfter(latest?.step ?? 0);
    const steps = request.steps ?? plan.steps;
    const grown = { ...plan, steps };
    if (steps !== plan.steps) await directory.writeConfig(asJson(grown));
    return {
      plan: grown,
      algorithm: findAlgorithm(plan.algorithm),
      world,
      directory,
      checkpoint: latest?.state,
    };
  } catch (error) {
    await directory.close();
    throw error;
  }
};
