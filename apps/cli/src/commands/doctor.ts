import { availableParallelism, cpus, freemem, totalmem } from 'node:os';
import { webAssemblyFeatures } from '../doctor/webAssembly';
import { status } from '../failure';
import { renderTable } from '../terminal/table';
import type { Terminal } from '../terminal/terminal';
import { runtime } from '../versions';

const gibibytes = (bytes: number): number => Math.round((bytes / 2 ** 30) * 10) / 10;

/** What the tensors run on, or why they do not. */
const tensorBackends = async (): Promise<
  Record<'present' | 'used' | 'kernels', string | readonly string[]>
> => {
  const { backends, ready } = await import('@murmuration/core/tensors');
  const failure = await ready().catch((error: Error) => error);
  const { present, used, kernels } = backends();
  return {
    present,
    used: failure ? `none: ${failure.message}` : used,
    kernels: kernels.installed ? `the ${kernels.build} build` : `none: ${kernels.reason}`,
  };
};

/** `murmuration doctor` */
export const doctor = async (terminal: Terminal): Promise<number> => {
  const features = webAssemblyFeatures();
  const tensors = await tensorBackends();
  const facts = {
    runtime: runtime(),
    engine: process.versions.v8 ? `v8 ${process.versions.v8}` : 'unknown',
    platform: `${process.platform} ${process.arch}`,
    processor: cpus()[0]?.model.trim() || 'unknown',
    cores: availableParallelism(),
    memoryGiB: gibibytes(totalmem()),
    freeMemoryGiB: gibibytes(freemem()),
    simd: features.simd,
    relaxedSimd: features.relaxedSimd,
    webAssemblyThreads: features.threads,
    sharedArrayBuffer: typeof SharedArrayBuffer === 'function',
    tensorBackends: tensors.present,
    tensorBackend: tensors.used,
    tensorKernels: tensors.kernels,
  };
  if (terminal.json) {
    terminal.event({ event: 'doctor', ...facts });
    return status.done;
  }
  const shown = (value: unknown): string => {
    if (typeof value === 'boolean') return value ? 'yes' : 'no';
    return Array.isArray(value) ? value.join(', ') : String(value);
  };
  const names: Readonly<Record<keyof typeof facts, string>> = {
    runtime: 'runtime',
    engine: 'engine',
    platform: 'platform',
    processor: 'processor',
    cores: 'cores',
    memoryGiB: 'memory, GiB',
    freeMemoryGiB: 'free memory, GiB',
    simd: 'WebAssembly SIMD',
    relaxedSimd: 'WebAssembly relaxed SIMD',
    webAssemblyThreads: 'WebAssembly threads',
    sharedArrayBuffer: 'SharedArrayBuffer',
    tensorBackends: 'tensor backends present',
    tensorBackend: 'tensor backend used',
    tensorKernels: 'tensor kernels',
  };
  const rows = Object.entries(facts).map(([name, value]) => [
    names[name as keyof typeof facts],
    shown(value),
  ]);
  terminal.say(renderTable({ columns: ['WHAT', 'FOUND'], rows }, terminal));
  if (!features.simd) terminal.say('Without SIMD networks train very slowly: use a current Node.');
  return status.done;
};
