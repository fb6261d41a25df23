// A world that pays so much that a squared error overflows.
import { makeLever } from './lever.mjs';

export default () => makeLever({ step: () => ({ reward: 3e38, terminated: false, truncated: true }) });
