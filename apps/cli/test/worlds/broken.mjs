// A world that breaks its contract: it pays NaN.
import { makeLever } from './lever.mjs';

export default () => makeLever({ step: () => ({ reward: Number.NaN, terminated: false, truncated: true }) });
