#!/usr/bin/env node
import { status } from './failure';
import { runProgram } from './program';

// Whoever reads has gone, or the file it goes to is full: there is nobody left to tell but standard error.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') {
    process.stderr.write(
      `murmuration: cannot write to standard output: ${error.message}; check where it goes\n`,
    );
  }
  process.exit(status.failed);
});

process.exitCode = await runProgram(process.argv.slice(2));
