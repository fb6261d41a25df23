import { spawn } from 'node:child_process';

/**
 * Run a program in the terminal that this one has and wait for its end.
 * @param {string} program
 * @param {readonly string[]} parameters
 * @param {{ cwd?: string, env?: Record<string, string> }} [options] `env` is added to the environment.
 * @returns {Promise<number>} its exit status; as shells count, 128 and the signal's number where a signal ended it.
 */
export const run = (program, parameters, { cwd, env } = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(program, parameters, {
      cwd,
      env: { ...process.env, ...env },
      stdio: 'inherit',
      // Windows finds npx only through its shell; nothing in our parameters needs quoting there.
      shell: process.platform === 'win32' && program === 'npx',
    });
    const forward = (signal) => child.kill(signal);
    process.on('SIGINT', forward).on('SIGTERM', forward);
    const settle = () => process.off('SIGINT', forward).off('SIGTERM', forward);
    child.once('error', (error) => {
      settle();
      reject(error);
    });
    child.once('close', (code, signal) => {
      settle();
      resolve(code ?? 128 + ({ SIGINT: 2, SIGKILL: 9, SIGTERM: 15 }[signal] ?? 0));
    });
  });
