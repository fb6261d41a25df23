// The lever as a family of worlds: the variant is the number of pulls, an option makes more rounds of them.
import { z } from 'zod';
import { makeLever } from './lever.mjs';

const options = z.strictObject({ rounds: z.int().min(1).default(1) });

export default {
  family: 'levers',
  summary: 'pull the same lever',
  package: 'levers',
  variants: ['10'],
  variantMeaning: 'pulls of a round',
  options,
  create: (variant, given) => () => {
    const lever = makeLever();
    const { rounds = 1 } = given ?? {};
    return {
      ...lever,
      spec: { ...lever.spec, id: `levers/${variant}`, episodeLimit: Number(variant) * rounds },
    };
  },
};
