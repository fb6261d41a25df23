// Trains in two threads, evaluates, and ends. Prints the step of each evaluation, then that of the end.
import { trainInWorkers } from '@murmuration/core/node';

const settings = { rollout: 10, network: { hidden: [8] }, policy: { epochs: 2 }, critic: { epochs: 2 } };
const plan = { steps: 160, copies: 4, seed: 1, evaluateEvery: 80, episodes: 2 };
const subject = new URL('./workersSubject.js', import.meta.url);
for await (const event of trainInWorkers(subject, { ...plan, settings, workers: 2, input: {} })) {
  if (event.event === 'evaluation' && Number.isFinite(event.metrics.return))
    console.log('evaluated', event.step);
  if (event.event === 'done') console.log(event.event, event.step);
}
