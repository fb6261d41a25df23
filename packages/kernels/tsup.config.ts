import { library } from '@murmuration/build/tsup';

export default library({ entry: { index: 'src/index.ts', 'gradients/index': 'src/gradients/index.ts' } });
