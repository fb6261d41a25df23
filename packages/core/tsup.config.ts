import { library } from '@murmuration/build/tsup';

export default library({ entry: { 'index': 'src/index.ts',  'testing/index': 'src/testing/index.ts',  'node/index': 'src/node/index.ts'} });
