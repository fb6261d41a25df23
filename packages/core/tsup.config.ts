import { library } from '@murmuration/build/tsup';

export default library({
  entry: {
    index: 'src/index.ts',
    'tensors/index': 'src/tensors/index.ts',
    'testing/index': 'src/testing/index.ts',
    'node/index': 'src/node/index.ts',
    // Not for import: the program of the workers that `node/index` starts.
    'node/worker': 'src/node/workers/worker.ts',
  },
});
