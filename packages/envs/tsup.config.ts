import { library } from '@murmuration/build/tsup';

export default library({ entry: { index: 'src/index.ts', 'scene/index': 'src/scene/index.ts' } });
