import { execFile } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** Whether this package itself runs from its sources, as in its own repository; then others are taken so too. */
const fromSource = import.meta.url.endsWith('.ts');

const script = `
const { createViteServer } = await import('vitest/node');
const [resumeModule, subjectsModule, directory, conditions] = process.argv.slice(1);
const resolve = { conditions: JSON.parse(conditions) };
const server = await createViteServer({
  configFile: false,
  logLevel: 'error',
  appType: 'custom',
  optimizeDeps: { noDiscovery: true, include: [] },
  server: { middlewareMode: true, watch: null, hmr: false, ws: false },
  resolve,
  ssr: { resolve, noExternal: [/^@murmuration\\//] },
});
const { resumeAll } = await server.ssrLoadModule(resumeModule);
const { subjects } = await server.ssrLoadModule(subjectsModule);
await resumeAll(subjects, directory);
await server.close();
process.exit(0);
`;

/** Continue the runs in `directory` in a new process. @param subjectsModule exports `subjects`. */
export const resumeInFreshProcess = async (subjectsModule: URL, directory: string): Promise<void> => {
  const conditions = fromSource ? ['@murmuration/source', 'module', 'node', 'development|production'] : [];
  const resumeModule = new URL(fromSource ? './resume.ts' : './resume.js', import.meta.url);
  const paths = [resumeModule, subjectsModule].map((url) => fileURLToPath(url));
  await promisify(execFile)(
    process.execPath,
    ['--input-type=module', '--eval', script, '--', ...paths, directory, JSON.stringify(conditions)],
    // The script finds vitest from where the subjects are, wherever this process was started.
    { cwd: dirname(paths[1]), maxBuffer: 1 << 24 },
  );
};
