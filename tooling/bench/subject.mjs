import { smax } from '@murmuration/envs';
import * as trustRegion from '@murmuration/sequential-trust-region';

/** What data-parallel workers train: an algorithm by its id on a scenario of SMAX. */
export default ({ id, scenario }) => ({
  algorithm: Object.values(trustRegion).find((algorithm) => algorithm.id === id),
  environment: ({ copies }) => smax({ scenario, copies }),
});
