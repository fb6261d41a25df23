import { z } from 'zod';
import { described, positive } from './option';
import { critic, network } from './shared';

const jaxmarl = 'JaxMARL, IPPO on SMAX';

/** Networks of learners whose actor and critic can share layers. */
export const trunkNetwork = network.extend({
  shareTrunk: described(z.boolean().default(false), {
    meaning:
      'actor and critic share all layers up to the recurrent one, see what the actor sees, and learn from the sum of their losses by one optimiser; needs critic.input=observation and equal sharing, epochs, minibatches, learningRate and maximumNorm of both',
    source: `ours; ${jaxmarl} shares them`,
  }),
});

/** Their critics. */
export const trunkCritic = (input: 'state' | 'observation') =>
  critic(input).extend({
    lossWeight: described(positive.default(0.5), {
      meaning: 'of the value loss in the sum of losses, where network.shareTrunk',
      source: jaxmarl,
    }),
  });
