import { library } from '@murmuration/build/tsup';

export default library({ entry: { index: 'src/index.ts', sharing: 'src/sharing.ts' } });
