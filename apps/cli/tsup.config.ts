import { library } from '@murmuration/build/tsup';

export default library({ entry: { main: 'src/main.ts' }, platform: 'node', dts: false });
