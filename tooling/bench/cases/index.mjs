import { cases as fused } from './fused.mjs';
import { cases as kernels } from './kernels.mjs';
import { cases as mat } from './mat.mjs';
import { cases as mlp } from './mlp.mjs';
import { cases as optimisers } from './optimisers.mjs';
import { cases as qmix } from './qmix.mjs';

/** Everything that `pnpm bench kernels` measures: whole training steps first, then what they are made of. */
export const all = [...mlp, ...qmix, ...mat, ...fused, ...optimisers, ...kernels];
