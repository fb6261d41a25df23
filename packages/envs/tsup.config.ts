import { library } from '@murmuration/build/tsup';

export default library({
  entry: {
    index: 'src/index.ts',
    'scene/index': 'src/scene/index.ts',
    'workers/index': 'src/workers/index.ts',
    // Not for import: the program that `workers/index` starts.
    'workers/worker': 'src/workers/worker.ts',
  },
});
