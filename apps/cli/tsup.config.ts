import { library } from '@murmuration/build/tsup';

export default library({
  entry: { main: 'src/main.ts', worker: 'src/worker.ts', subject: 'src/subject.ts' },
  platform: 'node',
  target: 'node20',
  dts: false,
});
