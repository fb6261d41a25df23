import type { Random } from '@murmuration/core';
import type { Push } from './advance';
import type { Battle } from './battle';
import { fullHealths, mapSize, unitTypes } from './units';

/** Uniform in [-2, 2): how far a unit starts from its team's place. */
const scatter = (random: Random): number => 4 * random.uniform() - 2;

const placeAround = (battle: Battle, index: number, x: number, y: number, random: Random): void => {
  battle.x[index] = Math.fround(x + scatter(random));
  battle.y[index] = Math.fround(y + scatter(random));
};

/** Each team in the middle of its half. */
const placeInHalves = (battle: Battle, first: number, random: Random): void => {
  for (let unit = 0; unit < battle.units; unit++) {
    const x = (unit < battle.allies ? 1 : 3) * (mapSize / 4);
    placeAround(battle, first + unit, x, mapSize / 2, random);
  }
};

/** Allies anywhere in the left half, enemies where a mirror shows them; those without a double anywhere on the right. */
const placeReflected = (battle: Battle, first: number, random: Random): void => {
  const { allies, units, x, y } = battle;
  for (let unit = 0; unit < units; unit++) {
    const own = first + unit;
    const double = own - allies;
    const mirrored = unit >= allies && unit < 2 * allies;
    const left = unit >= 2 * allies ? mapSize / 2 : 0;
    x[own] = Math.fround(mirrored ? mapSize - x[double] : left + (random.uniform() * mapSize) / 2);
    y[own] = mirrored ? y[double] : Math.fround(random.uniform() * mapSize);
  }
};

const corners = [0, 0, 0, mapSize, mapSize, 0, mapSize, mapSize];
/** How far each of the four groups stands from its corner towards the centre, 0 to 1. */
const inwards = new Float64Array(4);

/** One team in the centre; the other in four groups on the diagonals. */
const placeSurrounding = (battle: Battle, first: number, random: Random): void => {
  const { allies, units } = battle;
  const alliesInside = random.uniform() < 0.5;
  for (let group = 0; group < 4; group++) inwards[group] = random.uniform();
  const centre = mapSize / 2;
  for (let unit = 0; unit < units; unit++) {
    if (unit < allies === alliesInside) {
      placeAround(battle, first + unit, centre, centre, random);
      continue;
    }
    const group = random.integer(4);
    const t = inwards[group];
    const x = t * centre + (1 - t) * corners[2 * group];
    const y = t * centre + (1 - t) * corners[2 * group + 1];
    placeAround(battle, first + unit, x, y, random);
  }
};

/** Type numbers of the scenario's units. Drawn types: enemies get those of the allies, in order; more are drawn. */
const createTypes = (battle: Battle): ((first: number, random: Random) => void) => {
  const { allies, units, type } = battle;
  const { scenario } = battle.rules;
  const fixed = [...scenario.allies, ...scenario.enemies].map((each) => unitTypes.indexOf(each));
  if (!scenario.randomTypes) return (first) => type.set(fixed, first);
  return (first, random) => {
    for (let unit = 0; unit < units; unit++) {
      const copied = unit >= allies && unit < 2 * allies;
      type[first + unit] = copied ? type[first + unit - allies] : random.integer(unitTypes.length);
    }
  };
};

/** Starts an episode in a copy. */
export type Start = (copy: number, random: Random) => void;

/** JaxMARL, `reset` and its distributions of positions and types. */
export const createStart = (battle: Battle, push: Push): Start => {
  const { units, rules } = battle;
  const chooseTypes = createTypes(battle);
  const place = (first: number, random: Random): void => {
    if (!rules.scenario.randomPositions) placeInHalves(battle, first, random);
    else if (random.uniform() < 0.5) placeSurrounding(battle, first, random);
    else placeReflected(battle, first, random);
  };
  const zeroed = [battle.cooldown, battle.moveX, battle.moveY, battle.attack, battle.goalX, battle.goalY];
  return (copy, random) => {
    const first = copy * units;
    const end = first + units;
    chooseTypes(first, random);
    place(first, random);
    for (const array of zeroed) array.fill(0, first, end);
    battle.lastAttacked.fill(-1, first, end);
    battle.alive.fill(1, first, end);
    for (let own = first; own < end; own++) battle.health[own] = fullHealths[battle.type[own]];
    battle.steps[copy] = 0;
    push(copy);
  };
};
