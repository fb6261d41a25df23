import { library } from '@murmuration/build/tsup';

export default library({ entry: { 'gradients/index': 'src/gradients/index.ts'} });
