import { randomFrom } from '@murmuration/core';
import { expect } from 'vitest';
import { holdDiscrete } from '../../src/smax/actions';
import { createMechanics, type Mechanics } from '../../src/smax/mechanics';
import { actionCount, observationWidth } from '../../src/smax/show';
import { type ByAgent, load, rulesOf, type Snapshot, type Trace, type TraceStep } from './trace';

/** Largest difference from the original in one step, which computes in 32 bits. */
const stepTolerance = 1e-4;

/** Over a whole episode rounding grows in collisions, the more units there are. */
const driftTolerance = (units: number): number => (units <= 10 ? 2e-2 : 5e-2);

const near = (what: string, found: ArrayLike<number>, wanted: ArrayLike<number>, tolerance: number): void => {
  expect(found.length, `${what}, length`).toBe(wanted.length);
  for (let entry = 0; entry < wanted.length; entry++) {
    const difference = Math.abs(found[entry] - wanted[entry]);
    // Not `toBeCloseTo`: NaN must fail, and thousands of expectations are slow.
    if (difference <= tolerance) continue;
    expect.fail(`${what}, entry ${entry}: ${found[entry]} instead of ${wanted[entry]}`);
  }
};

const nobody = randomFrom(0);

/** Hold the recorded actions of both teams and play the ticks with the recorded draws. */
const play = ({ battle, advance, judge }: Mechanics, step: TraceStep): void => {
  [...step.allyActions, ...step.enemyActions].forEach((action, unit) => {
    holdDiscrete(battle, unit, action);
  });
  judge.before(0);
  advance(0, nobody, Float64Array.from(step.cooldownNoise.flat()));
  battle.steps[0]++;
};

const unitOf = ({ battle }: Mechanics, agent: string): number => {
  const [team, number] = agent.split('_');
  return Number(number) + (team === 'enemy' ? battle.allies : 0);
};

const checkState = ({ battle }: Mechanics, at: string, wanted: Snapshot): void => {
  const column = (rows: Snapshot['pos'], axis: number): number[] => rows.map((row) => row[axis]);
  near(`${at}: x`, battle.x, column(wanted.pos, 0), stepTolerance);
  near(`${at}: y`, battle.y, column(wanted.pos, 1), stepTolerance);
  near(`${at}: health`, battle.health, wanted.health, stepTolerance);
  near(`${at}: cooldown`, battle.cooldown, wanted.cd, stepTolerance);
  near(`${at}: alive`, battle.alive, wanted.alive, 0);
  near(`${at}: move x`, battle.moveX, column(wanted.prevMove, 0), stepTolerance);
  near(`${at}: move y`, battle.moveY, column(wanted.prevMove, 1), stepTolerance);
  near(`${at}: attack`, battle.attack, wanted.prevAtk, 0);
  expect(battle.steps[0], `${at}: step`).toBe(wanted.step);
};

const checkObservations = ({ battle, show }: Mechanics, at: string, wanted: ByAgent): void => {
  const width = observationWidth(battle);
  const { observations } = show(0);
  for (const [agent, row] of Object.entries(wanted)) {
    const unit = unitOf({ battle } as Mechanics, agent);
    const found = observations.subarray(unit * width, (unit + 1) * width);
    near(`${at}: observation of ${agent}`, found, row, stepTolerance);
  }
};

const checkMasks = ({ battle, show }: Mechanics, at: string, wanted: ByAgent): void => {
  const count = actionCount(battle, battle.units);
  const { available } = show(0);
  for (const [agent, row] of Object.entries(wanted)) {
    const unit = unitOf({ battle } as Mechanics, agent);
    const rest = new Array<number>(count - row.length).fill(0);
    const found = available.subarray(unit * count, (unit + 1) * count);
    near(`${at}: mask of ${agent}`, found, [...row, ...rest], 0);
  }
};

const checkWorldState = ({ show }: Mechanics, at: string, wanted: readonly number[]): void => {
  near(`${at}: world state`, show(0).state, wanted, stepTolerance);
};

const checkShown = (
  mechanics: Mechanics,
  at: string,
  { obs, avail, worldState }: Pick<TraceStep, 'obs' | 'avail' | 'worldState'>,
): void => {
  if (obs) checkObservations(mechanics, at, obs);
  if (avail) checkMasks(mechanics, at, avail);
  if (worldState) checkWorldState(mechanics, at, worldState);
};

/** What the scripted enemies do, of those that live; from the state and memory before the step. */
const checkScript = ({ battle, decide }: Mechanics, at: string, step: TraceStep): void => {
  const { allies, enemies, alive, goalX, goalY, lastAttacked } = battle;
  for (let enemy = 0; enemy < enemies; enemy++) {
    const unit = allies + enemy;
    if (!step.enemyTargetIdx || alive[unit] === 0) continue;
    const action = decide(unit, nobody, step.enemyTargetIdx[enemy]);
    expect(action, `${at}: action of enemy ${enemy}`).toBe(step.enemyActions[enemy]);
    if (!step.enemyPolicy) continue;
    const { defaultTarget, lastAttacked: wanted } = step.enemyPolicy;
    near(`${at}: goal of enemy ${enemy}`, [goalX[unit], goalY[unit]], defaultTarget[enemy], stepTolerance);
    expect(lastAttacked[unit], `${at}: last target of enemy ${enemy}`).toBe(wanted[enemy]);
  }
};

const checkOutcome = ({ battle, judge }: Mechanics, at: string, step: TraceStep): void => {
  near(`${at}: reward`, [judge.reward(0, 0)], [step.reward], stepTolerance);
  if (step.enemyReward !== undefined) {
    near(`${at}: enemies' reward`, [judge.reward(0, 1)], [step.enemyReward], stepTolerance);
  }
  const over = judge.defeated(0, 0) || judge.defeated(0, 1) || battle.steps[0] >= battle.rules.episodeLimit;
  expect(over ? 1 : 0, `${at}: done`).toBe(step.done);
  step.agentDones?.forEach((done, agent) => {
    expect(1 - battle.alive[agent], `${at}: agent ${agent} done`).toBe(done);
  });
};

/** Each step from the recorded state before it: state, reward, end, observations, masks, scripted enemies. */
export const checkSteps = (trace: Trace): void => {
  const mechanics = createMechanics(rulesOf(trace), 1);
  load(mechanics, trace.initial);
  checkShown(mechanics, 'at the start', {
    obs: trace.initialObs ?? trace.obs,
    avail: trace.initialAvail,
    worldState: trace.initialWorldState,
  });
  let before = trace.initial;
  let memory: TraceStep['enemyPolicy'];
  trace.steps?.forEach((step, number) => {
    const at = `step ${number}`;
    load(mechanics, before, memory);
    checkScript(mechanics, at, step);
    play(mechanics, step);
    checkState(mechanics, at, step.after);
    checkOutcome(mechanics, at, step);
    // What is shown is judged by the recorded state, which other rounding can put on the other side of a range.
    load(mechanics, step.after, step.enemyPolicy);
    checkShown(mechanics, at, step);
    before = step.after;
    memory = step.enemyPolicy;
  });
};

/** The whole episode from its start with the recorded actions and draws: nobody strays. */
export const checkDrift = (trace: Trace): void => {
  const mechanics = createMechanics(rulesOf(trace), 1);
  const { battle } = mechanics;
  load(mechanics, trace.initial);
  const tolerance = driftTolerance(battle.units);
  trace.steps?.forEach((step, number) => {
    play(mechanics, step);
    const wanted = step.after.pos;
    near(
      `step ${number} of a free run: x`,
      battle.x,
      wanted.map(([x]) => x),
      tolerance,
    );
    near(
      `step ${number} of a free run: y`,
      battle.y,
      wanted.map(([, y]) => y),
      tolerance,
    );
    near(`step ${number} of a free run: health`, battle.health, step.after.health, stepTolerance);
  });
};
