import { type AgentSpec, box, discrete, type EnvironmentSpec } from '@murmuration/core';
import { attackOffset } from './actions';
import type { Battle } from './battle';
import { metricNames } from './outcome';
import { observationWidth, stateWidth } from './show';

/** The agents: allies `ally-0` and so on, and in self-play the enemies. Units of one type are one species. */
const agentsOf = (battle: Battle): AgentSpec[] => {
  const { allies, enemies, rules } = battle;
  const { scenario, selfPlay, actions } = rules;
  const observation = box([observationWidth(battle)]);
  const agent = (team: 'ally' | 'enemy', number: number, type: string, opponents: number): AgentSpec => {
    const kind = scenario.randomTypes ? 'unit' : type;
    return {
      id: `${team}-${number}`,
      species: selfPlay ? `${team} ${kind}` : kind,
      observation,
      action: actions === 'continuous' ? box([4], 0, 1) : discrete(attackOffset + opponents),
    };
  };
  const own = scenario.allies.map((type, number) => agent('ally', number, type, enemies));
  const others = scenario.enemies.map((type, number) => agent('enemy', number, type, allies));
  return selfPlay ? [...own, ...others] : own;
};

export const specificationOf = (battle: Battle): EnvironmentSpec => ({
  id: `smax/${battle.rules.scenario.name}`,
  agents: agentsOf(battle),
  state: box([stateWidth(battle.units)]),
  sharedReward: !battle.rules.selfPlay,
  episodeLimit: battle.rules.episodeLimit,
  agentsDie: true,
  metrics: metricNames,
  nonStationary: false,
});
