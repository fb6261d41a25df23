import { type Rules, restoreBattle } from '../../src/smax/battle';
import { createMechanics, type Mechanics } from '../../src/smax/mechanics';
import { optionsSchema, type SmaxOptionsInput } from '../../src/smax/options';
import { scenarioOf } from '../../src/smax/scenarios';
import { fullHealths, unitTypes } from '../../src/smax/units';

export const rulesOf = (scenario: string, options: SmaxOptionsInput = {}): Rules => ({
  ...optionsSchema.parse(options),
  scenario: scenarioOf(scenario),
});

/** One battle with its units at the given places, healthy and with cooled weapons. */
export const battleAt = (
  scenario: string,
  places: readonly (readonly [number, number])[],
  options: SmaxOptionsInput = {},
): Mechanics => {
  const rules = rulesOf(scenario, options);
  const mechanics = createMechanics(rules, 1);
  const { allies, enemies } = rules.scenario;
  const type = Uint8Array.from([...allies, ...enemies], (each) => unitTypes.indexOf(each));
  const zeros = (): Float64Array => new Float64Array(type.length);
  restoreBattle(mechanics.battle, 0, {
    step: 0,
    type,
    alive: new Uint8Array(type.length).fill(1),
    attack: new Int32Array(type.length),
    lastAttacked: new Int32Array(type.length).fill(-1),
    x: Float64Array.from(places, ([x]) => x),
    y: Float64Array.from(places, ([, y]) => y),
    health: Float64Array.from(type, (each) => fullHealths[each]),
    ...{ cooldown: zeros(), moveX: zeros(), moveY: zeros(), goalX: zeros(), goalY: zeros() },
  });
  return mechanics;
};
