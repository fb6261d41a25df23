import type { ViteUserConfig } from 'vitest/config';
export declare const tests: (test?: NonNullable<ViteUserConfig['test']>) => ViteUserConfig;
