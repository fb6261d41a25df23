import { ConfigurationError, nearestName } from '@murmuration/core';
import { type UnitType, unitTypes } from './units';

/** Who fights whom. Where both teams get the same random types, the lists only say how many there are. */
export interface Scenario {
  /** What stands after the slash of the environment's id. */
  readonly name: string;
  readonly allies: readonly UnitType[];
  readonly enemies: readonly UnitType[];
  /** SMACv2: every episode draws the types of the allies anew, and the enemies get the same. */
  readonly randomTypes: boolean;
  /** SMACv2: one team surrounds the other, or mirrors it; otherwise each starts in its half. */
  readonly randomPositions: boolean;
}

/** A scenario of one's own: the units of each team, by type, and what is drawn anew in each episode. */
export interface CustomScenario {
  readonly name?: string;
  readonly allies: readonly UnitType[];
  readonly enemies: readonly UnitType[];
  readonly randomTypes?: boolean;
  readonly randomPositions?: boolean;
}

/** JaxMARL's scenarios, and a small `corridor` on open ground. */
export const scenarioNames = [
  ...['3m', '8m', '25m', '2s3z', '3s5z', '5m_vs_6m', '10m_vs_11m', '27m_vs_30m', '3s5z_vs_3s6z'],
  ...['3s_vs_5z', '6h_vs_8z', 'smacv2_5_units', 'smacv2_10_units', 'smacv2_20_units', 'corridor_lite'],
] as const;

/** Most units of a team. */
const limit = 100;

/** The letters of SMAC's map names; a zergling is `zg` as in 2c_vs_64zg. */
const letters: Readonly<Record<string, UnitType>> = {
  m: 'marine',
  M: 'marauder',
  s: 'stalker',
  z: 'zealot',
  zg: 'zergling',
  h: 'hydralisk',
};

const refuse = (message: string): never => {
  throw new ConfigurationError('@murmuration/envs', message);
};

const checkTeam = (name: string, team: string, units: readonly string[]): void => {
  if (!Array.isArray(units)) {
    refuse(`smax/${name}: ${team} is ${JSON.stringify(units)}; give a list of units, such as ["marine"]`);
  }
  if (units.length === 0) refuse(`smax/${name}: ${team} is empty; give it at least one unit`);
  if (units.length > limit) {
    refuse(`smax/${name}: ${team} has ${units.length} units; give it at most ${limit}`);
  }
  const unknown = units.find((type) => !(unitTypes as readonly string[]).includes(type));
  if (unknown === undefined) return;
  const near = nearestName(String(unknown), unitTypes);
  const advice = near ? `did you mean ${near}?` : `known are ${unitTypes.join(', ')}`;
  refuse(`smax/${name}: ${team} has a unit ${JSON.stringify(unknown)}; ${advice}`);
};

const checked = (scenario: Scenario): Scenario => {
  checkTeam(scenario.name, 'allies', scenario.allies);
  checkTeam(scenario.name, 'enemies', scenario.enemies);
  return scenario;
};

/** `2s3z` as two stalkers and three zealots; nothing where the text is no such list. */
const teamOf = (text: string): UnitType[] | undefined => {
  if (!/^(\d{1,4}(zg|[mMszh]))+$/.test(text)) return undefined;
  return [...text.matchAll(/(\d+)(zg|[mMszh])/g)].flatMap(([, count, letter]) =>
    new Array<UnitType>(Number(count)).fill(letters[letter]),
  );
};

const byName = (name: string): Scenario | undefined => {
  if (name === 'corridor_lite') return { ...fromTeams('6z_vs_24zg'), name } as Scenario;
  const random = /^smacv2_(\d{1,4})_units$/.exec(name);
  if (!random) return fromTeams(name);
  const units = new Array<UnitType>(Number(random[1])).fill('marine');
  return { name, allies: units, enemies: units, randomTypes: true, randomPositions: true };
};

const fromTeams = (name: string): Scenario | undefined => {
  const sides = name.split('_vs_');
  const allies = teamOf(sides[0]);
  const enemies = sides.length === 2 ? teamOf(sides[1]) : allies;
  if (sides.length > 2 || !allies || !enemies) return undefined;
  return { name, allies, enemies, randomTypes: false, randomPositions: false };
};

/**
 * The scenario of a name, or a custom one completed.
 *
 * Names are those of {@link scenarioNames}, and any made like them: counts and letters for a team (`m` marine,
 * `M` marauder, `s` stalker, `z` zealot, `zg` zergling, `h` hydralisk), `_vs_` and the other where they differ;
 * or `smacv2_7_units`.
 * @throws ConfigurationError for a name that means nothing, an unknown type, or a team of none or more than 100.
 */
export const scenarioOf = (scenario: string | CustomScenario): Scenario => {
  if (typeof scenario !== 'string') {
    if (!scenario) refuse(`smax: scenario is ${scenario}; give a name such as 3m, or { allies, enemies }`);
    const { name = 'custom', allies, enemies, randomTypes = false, randomPositions = false } = scenario;
    return checked({ name, allies, enemies, randomTypes, randomPositions });
  }
  const found = byName(scenario);
  if (found) return checked(found);
  const near = nearestName(scenario, scenarioNames);
  const example = near ? `did you mean smax/${near}?` : 'such as smax/3m, smax/2s3z or smax/5m_vs_6m';
  return refuse(`there is no environment smax/${scenario}; give the number of each kind of unit, ${example}`);
};
