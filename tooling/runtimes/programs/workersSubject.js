// What the workers of workers.js train.
import { mpeFamily } from '@murmuration/envs';
import { mappo } from '@murmuration/sequential-trust-region';

export default (options) => ({ algorithm: mappo, environment: mpeFamily.create('spread', options) });
