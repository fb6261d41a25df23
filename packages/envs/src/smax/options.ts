import { z } from 'zod';

/** What can be chosen about every scenario. Defaults are those of JaxMARL's HeuristicEnemySMAX, but for `state`. */
export const optionsSchema = z.strictObject({
  compat: z
    .enum(['v1', 'v2'])
    .default('v2')
    .describe(
      'v2: as JaxMARL since June 2026; v1: as before, the dead move and push, and cooldowns and attacks are not scaled',
    ),
  observation: z
    .enum(['unit_list', 'conic'])
    .default('unit_list')
    .describe('unit_list: one row for each other unit; conic: two rows for each of 32 directions'),
  state: z
    .enum(['scaled', 'raw'])
    .default('scaled')
    .describe(
      'raw: JaxMARL’s world state, with positions, cooldowns and types as they are; scaled: each within -1 to 1',
    ),
  actions: z
    .enum(['discrete', 'continuous'])
    .default('discrete')
    .describe('discrete: moves, stop and a target; continuous: four numbers from 0 to 1'),
  seeEnemyActions: z
    .boolean()
    .default(true)
    .describe('whether observations tell the last move and target of visible opponents'),
  wallsCauseDeath: z.boolean().default(true).describe('whether a unit that touches the edge of the map dies'),
  enemy: z
    .strictObject({
      shoots: z.boolean().default(true).describe('whether the scripted enemy shoots, or only follows'),
      targets: z
        .enum(['closest', 'random'])
        .default('closest')
        .describe('which unit in range the scripted enemy shoots at'),
    })
    .prefault({})
    .describe('the scripted enemy'),
  selfPlay: z
    .boolean()
    .default(false)
    .describe('whether the enemies are agents too, and nothing is scripted'),
  selfPlayReward: z
    .boolean()
    .default(false)
    .describe('whether only victory (1) and defeat (-1) pay, so that the sum over both teams is 0'),
  wonBattleBonus: z.number().min(0).max(1e6).default(1).describe('reward for victory'),
  episodeLimit: z
    .int()
    .min(1)
    .max(100_000)
    .default(101)
    .describe('steps of an episode, then truncated; JaxMARL’s max_steps of 100 lets 101 pass'),
});

export type SmaxOptions = z.infer<typeof optionsSchema>;
export type SmaxOptionsInput = z.input<typeof optionsSchema>;
