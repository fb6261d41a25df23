// A world that prints: what it says must not get between the lines that scripts read.
import { makeLever } from './lever.mjs';

export default () => {
  process.stdout.write('hello from the world\n');
  return makeLever();
};
