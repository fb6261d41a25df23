import {
  type EnvironmentSpec,
  type Frame,
  type Learner,
  type Metrics,
  type Random,
  type State,
  stateArray,
  stateList,
  stateNumber,
  stateTree,
  type UpdateContext,
} from '@murmuration/core';
import {
  cloneParameters,
  createAdam,
  createRadam,
  createRmsprop,
  disposeParameters,
  followParameters,
  joinParameters,
  type Optimiser,
  type Parameters,
  ready,
  restoreParameters,
  saveParameters,
  type Tensor2D,
  tensor,
  tidy,
} from '@murmuration/core/tensors';
import { createActing, greedyAction } from './acting';
import { alike, createBatcher, type EpisodeBatch, playedSteps } from './batch';
import type { ValueConfiguration } from './config';
import { createRecorder, widthsOf } from './episode';
import { linear } from './loss';
import { createQmix, independent, type Mixer, valueDecomposition } from './mixers';
import { createTeamNetworks } from './networks';
import { createPeriodicSharing } from './periodicSharing';
import { createGreedyPolicy } from './policy';
import { createEpisodeReplay, episodeOf } from './replay';
import { lossAndGradients } from './update';
import { playedCounters } from './weighing';
import { createInputWriter, sizesOf } from './world';

export type MixerName = 'qmix' | 'vdn' | 'none';

/** @param share of the learning rate that is left, asked at every step */
const createOptimiser = (
  parameters: Parameters,
  { optimiser, learningRate, maximumNorm }: ValueConfiguration,
  share: () => number,
): Optimiser => {
  const options = {
    get learningRate() {
      return learningRate * share();
    },
    maximumNorm,
    ...(optimiser === 'rmsprop'
      ? { squareDecay: 0.99, epsilon: 1e-5 }
      : { squareDecay: 0.999, epsilon: 1e-8 }),
  };
  if (optimiser === 'rmsprop') return createRmsprop(parameters, options);
  return optimiser === 'adam' ? createAdam(parameters, options) : createRadam(parameters, options);
};

const createMixer = (
  name: MixerName,
  random: Random,
  agents: number,
  state: number,
  values: ValueConfiguration,
): Mixer => {
  if (name === 'none') return independent;
  if (name === 'vdn') return valueDecomposition;
  return createQmix(random, { agents, state, initialiser: values.initialiser, ...values.mixer });
};

/**
 * QMIX, VDN or independent Q-learning with recurrent agents, from whole episodes (pymarl), and periodic parameter
 * sharing among agents that have networks of their own.
 */
export const createValueLearner = async (
  spec: EnvironmentSpec,
  values: ValueConfiguration,
  random: Random,
  mixerName: MixerName,
): Promise<Learner<readonly EpisodeBatch[]>> => {
  await ready();
  const sizes = sizesOf(spec);
  const [initial, exploring, sampling] = [random.split(), random.split(), random.split()];
  const writer = createInputWriter(spec.agents, sizes, values);
  const units = values.hiddenUnits;
  const shape = { inputs: writer.width, units, actions: sizes.actions, initialiser: values.initialiser };
  const team = createTeamNetworks(initial, sizes.agents, values.shareParameters, shape);
  const mixer = createMixer(mixerName, initial.split(), sizes.agents, sizes.state, values);
  const parameters = joinParameters({ agents: team.parameters, mixer: mixer.parameters });
  const [targetTeam, targetMixer] = [cloneParameters(team.parameters), cloneParameters(mixer.parameters)];
  const { decay, decayFloor } = values;
  const optimiser = createOptimiser(parameters, values, () =>
    decay === 0 ? 1 : linear(steps, { start: 1, end: decayFloor, steps: decay }),
  );
  const acting = createActing(team, sizes, writer, units);
  const batchOf = createBatcher(spec.state, sizes, writer, {
    discount: values.discount,
    lambda: values.lambda,
    rewardScale: values.rewardScale,
    timeLimitEnds: values.timeLimit === 'terminal',
    apart: mixerName === 'none',
    members: team.members,
  });
  const policy = createGreedyPolicy(spec, sizes, acting);
  const sharing = createPeriodicSharing(spec, policy, team, writer, values);
  const replay = createEpisodeReplay(values.bufferEpisodes, sizes);
  let recorder: ReturnType<typeof createRecorder> | undefined;
  let memory: ReturnType<typeof acting.start> | undefined;
  let steps = 0;
  let updates = 0;
  /** Episodes since the last update. */
  let fresh = 0;

  const memoryFor = (copies: number) => {
    memory ??= acting.start(copies);
    return memory;
  };
  const recorderFor = (copies: number) => {
    recorder ??= createRecorder(copies, sizes);
    return recorder;
  };

  const explore = (frame: Frame, row: number, greedy: number, epsilon: number): number => {
    if (exploring.uniform() >= epsilon) return greedy;
    const at = row * sizes.actions;
    let available = 0;
    for (let action = 0; action < sizes.actions; action++) available += frame.availableActions[at + action];
    let left = exploring.integer(available);
    for (let action = 0; action < sizes.actions; action++) {
      if (frame.availableActions[at + action] === 1 && left-- === 0) return action;
    }
    return greedy;
  };

  const learn = async (groups: readonly EpisodeBatch[]): Promise<Metrics> => {
    const result = tidy(() => {
      const valuers = { team, mixer, targetTeam, targetMixer, parameters };
      const { loss, value, target, gradients } = lossAndGradients(groups, sizes, valuers, {
        ...values,
        units,
      });
      optimiser.step(gradients);
      return { loss, value, target };
    });
    const [loss, value, target] = await Promise.all(
      [result.loss, result.value, result.target].map(async (each) => (await each.data())[0]),
    );
    for (const each of [result.loss, result.value, result.target]) each.dispose();
    const columns = mixerName === 'none' ? sizes.agents : 1;
    const played = columns * groups.reduce((sum, group) => sum + playedSteps(group), 0);
    return { loss, value: value / played, target: target / played };
  };

  return {
    ...(values.shareParameters
      ? {}
      : { agentParameters: team.networks.map((network) => network.parameters) }),
    counters: ['updates', ...playedCounters],
    policy,
    experience: {
      observe(before, actions, after) {
        for (const episode of recorderFor(before.copies).observe(before, actions, after)) {
          replay.add(episode);
          fresh++;
        }
        steps += before.copies;
      },
      take() {
        if (replay.size < values.batchEpisodes) {
          // What comes while the memory fills makes one update possible, not one for every few of them.
          fresh = Math.min(fresh, values.episodesPerUpdate - 1);
          return undefined;
        }
        if (fresh < values.episodesPerUpdate) return undefined;
        fresh -= values.episodesPerUpdate;
        return alike(replay.sample(sampling, values.batchEpisodes)).map(batchOf);
      },
    },
    async act(frame, actions) {
      const held = memoryFor(frame.copies);
      const found = await acting.values(frame, held);
      const epsilon = linear(steps, values.exploration);
      for (let row = 0; row < frame.copies * sizes.agents; row++) {
        const greedy = greedyAction(found, frame.availableActions, row * sizes.actions, sizes.actions);
        const action = explore(frame, row, greedy, epsilon);
        held.lastActions[row] = action;
        actions[row] = action;
      }
    },
    async update(groups, context: UpdateContext) {
      updates++;
      const shared = await sharing.shareIfDue(updates, groups[0], context);
      const metrics = await learn(groups);
      if (updates % values.targetEvery === 0) {
        followParameters(targetTeam, team.parameters, 1);
        followParameters(targetMixer, mixer.parameters, 1);
      }
      return { ...metrics, epsilon: linear(steps, values.exploration), updates, ...shared };
    },
    async save(): Promise<State> {
      const hidden = memory ? await Promise.all(memory.hidden.map((each) => each.data())) : [];
      return {
        steps,
        updates,
        fresh,
        parameters: await saveParameters(parameters),
        targetTeam: await saveParameters(targetTeam),
        targetMixer: await saveParameters(targetMixer),
        optimiser: await optimiser.save(),
        exploring: exploring.save(),
        sampling: sampling.save(),
        sharing: sharing.save(),
        replay: replay.save(),
        open: recorder ? recorder.open.map((episode) => ({ ...episode })) : [],
        hidden: Object.fromEntries(hidden.map((each, index) => [String(index), Float32Array.from(each)])),
        lastActions: memory ? memory.lastActions.slice() : new Int32Array(0),
      };
    },
    restorePolicy(state) {
      restoreParameters(parameters, stateTree(state, 'parameters'));
    },
    restore(state) {
      steps = stateNumber(state, 'steps');
      updates = stateNumber(state, 'updates');
      fresh = stateNumber(state, 'fresh');
      restoreParameters(parameters, stateTree(state, 'parameters'));
      restoreParameters(targetTeam, stateTree(state, 'targetTeam'));
      restoreParameters(targetMixer, stateTree(state, 'targetMixer'));
      optimiser.restore(stateTree(state, 'optimiser'));
      exploring.restore(stateTree(state, 'exploring'));
      sampling.restore(stateTree(state, 'sampling'));
      sharing.restore(stateTree(state, 'sharing'));
      replay.restore(stateTree(state, 'replay'));
      const open = stateList(state, 'open').map((each) => episodeOf(each as State, widthsOf(sizes)));
      if (open.length === 0) return;
      recorderFor(open.length).reopen(open);
      const rows = open.length * team.members;
      const held = memoryFor(open.length);
      const hidden = stateTree(state, 'hidden');
      held.hidden.forEach((each, index) => {
        each.dispose();
        const data = stateArray(hidden, String(index), Float32Array, rows * units);
        held.hidden[index] = tidy(() => tensor(data, [rows, units]) as Tensor2D);
      });
      held.lastActions.set(stateArray(state, 'lastActions', Int32Array, open.length * sizes.agents));
    },
    dispose() {
      if (memory) acting.dispose(memory);
      optimiser.dispose();
      for (const each of [parameters, targetTeam, targetMixer]) disposeParameters(each);
    },
  };
};
