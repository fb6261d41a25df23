import { Command, type OptionValues } from 'commander';
import { describeFailure, status, UsageError } from './failure';
import { integer, positiveInteger, positiveIntegers } from './numbers';
import { spreadSets } from './spreadSets';
import { openTerminal, type Terminal } from './terminal/terminal';
import { version } from './versions';

/** Repeatable options come in the order given. */
const collect = (value: string, before: readonly string[] = []): string[] => [...before, value];

/** Comma-separated ids. */
const ids =
  (argument: string) =>
  (text: string): string[] => {
    const parts = text.split(',').map((part) => part.trim());
    if (parts.every((part) => part !== '')) return parts;
    throw new UsageError(`${argument} is ${JSON.stringify(text)}; give ids with commas between`);
  };

type Action = (terminal: Terminal) => Promise<number>;

/**
 * The command line: names, options and help alone. What a command does is loaded when it is asked for, so that help
 * comes at once.
 * @param act is given the chosen command to do.
 */
export const createProgram = (act: (action: Action, options: OptionValues) => void): Command => {
  const program = new Command('murmuration')
    .description('Cooperative multi-agent reinforcement learning: train, evaluate, compare, reproduce.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .exitOverride()
    .configureOutput({ outputError: () => {} });
  const command = (usage: string, description: string): Command =>
    program.command(usage).description(description).option('--json', 'print JSON Lines for scripts');

  command(
    'list [algorithm] [environment]',
    'what algorithms, environments and experiments there are; or the options and presets of an algorithm, as they are in a world',
  ).action((algorithm, environment, options) =>
    act(async (terminal) => {
      if (algorithm === undefined) return (await import('./commands/list')).list(terminal);
      const { listOptions } = await import('./commands/listOptions');
      return listOptions(algorithm, environment, terminal);
    }, options),
  );

  command(
    'train [algorithm] [environment]',
    'train a team; the environment is an id or the path of an ES module',
  )
    .option('--steps <n>', 'environment steps in all', positiveInteger('--steps'))
    .option('--seed <n>', 'equal seeds give equal runs (default 0)', integer('--seed'))
    .option(
      '--set <name=value>',
      'an option of the algorithm, environment.… or preset; may be repeated',
      collect,
    )
    .option('--config <file>', 'options from a JSON file; --set wins')
    .option(
      '--workers <n>',
      'threads that share the copies of the world and learn as one (default 1)',
      positiveInteger('--workers'),
    )
    .option(
      '--copies <n>',
      'copies of the world that step together (default what the preset or the algorithm recommends)',
      positiveInteger('--copies'),
    )
    .option(
      '--evaluate-every <n>',
      'steps between evaluations (default a twentieth)',
      positiveInteger('--evaluate-every'),
    )
    .option('--episodes <n>', 'episodes of each evaluation (default 10)', positiveInteger('--episodes'))
    .option(
      '--checkpoint-every <n>',
      'steps between checkpoints (default a tenth)',
      positiveInteger('--checkpoint-every'),
    )
    .option('--output <directory>', 'where to write (default runs/<algorithm>-<environment>-<seed>)')
    .option('--resume <directory>', 'go on with the run in this directory')
    .action((algorithm, environment, options) =>
      act(async (terminal) => {
        const { trainCommand } = await import('./commands/train');
        return trainCommand({ ...options, algorithm, environment }, terminal);
      }, options),
    );

  command(
    'evaluate <run|random>',
    'play greedy episodes with a trained team: a run directory or a checkpoint file; or with one that acts at random',
  )
    .option('--environment <id>', 'another world than the one it was trained in')
    .option('--set <environment.name=value>', 'an option of that world; may be repeated', collect)
    .option('--episodes <n>', 'how many episodes (default 100)', positiveInteger('--episodes'))
    .option('--seed <n>', 'of the episodes (default 0)', integer('--seed'))
    .option('--replay <file>', 'write an animation of the first episodes: .html (five) or .svg (one)')
    .action((run, options) =>
      act(async (terminal) => {
        const { evaluateCommand } = await import('./commands/evaluate');
        return evaluateCommand({ ...options, run }, terminal);
      }, options),
    );

  command(
    'compare <algorithms> <environments>',
    'train each algorithm on each environment, several seeds of each',
  )
    .option('--seeds <n>', 'runs of each (default 5)', positiveInteger('--seeds'))
    .option('--seed <n>', 'the first seed (default 0)', integer('--seed'))
    .option('--steps <n>', 'environment steps of each run', positiveInteger('--steps'))
    .option('--set <name=value>', 'an option of every algorithm, or environment.…; may be repeated', collect)
    .option('--config <file>', 'options from a JSON file; --set wins')
    .option(
      '--evaluate-every <n>',
      'steps between evaluations (default a twentieth)',
      positiveInteger('--evaluate-every'),
    )
    .option('--episodes <n>', 'episodes of each evaluation (default 10)', positiveInteger('--episodes'))
    .option('--metric <name>', 'what to compare by (default return), for example winRate')
    .option(
      '--average <n>',
      'how many of the last evaluations count (default 1)',
      positiveInteger('--average'),
    )
    .option('--workers <n>', 'threads (default one for each core)', positiveInteger('--workers'))
    .option('--output <directory>', 'where to write; the same again goes on where it stopped')
    .action((algorithms, environments, options) =>
      act(async (terminal) => {
        const { compareCommand } = await import('./commands/compare');
        const lists = {
          algorithms: ids('<algorithms>')(algorithms),
          environments: ids('<environments>')(environments),
        };
        return compareCommand({ ...options, ...lists }, terminal);
      }, options),
    );

  command('reproduce <experiment>', "run a paper's experiment and compare with its figures")
    .option('--quick', 'the smallest version that shows the result')
    .option('--agents <n>', 'only these numbers of agents; may be repeated', positiveIntegers('--agents'))
    .option('--seeds <n>', 'runs of each method', positiveInteger('--seeds'))
    .option('--seed <n>', 'the first seed (default 0)', integer('--seed'))
    .option('--ablation <name>', 'a variation of the experiment instead of the experiment')
    .option('--workers <n>', 'threads (default one for each core)', positiveInteger('--workers'))
    .option('--output <directory>', 'where to write; the same again goes on where it stopped')
    .action((experiment, options) =>
      act(async (terminal) => {
        const { reproduceCommand } = await import('./commands/reproduce');
        return reproduceCommand({ ...options, experiment }, terminal);
      }, options),
    );

  command('report <directory...>', 'one HTML page from directories that train, compare or reproduce wrote')
    .option('--output <file>', 'the page (default report.html)')
    .action((directories, options) =>
      act(async (terminal) => {
        const { reportCommand } = await import('./commands/report');
        return reportCommand({ ...options, directories }, terminal);
      }, options),
    );

  command('doctor', 'what this machine offers: runtime, SIMD, relaxed SIMD, threads, tensor backends').action(
    (options) => act(async (terminal) => (await import('./commands/doctor')).doctor(terminal), options),
  );
  return program;
};

/** Tell a failure in one line. @returns the exit status. */
const tell = (error: unknown): number => {
  const { line, status: code } = describeFailure(error);
  if (line !== undefined) process.stderr.write(`murmuration: ${line}\n`);
  const wanted = process.env.MURMURATION_DEBUG === '1' && code !== status.done;
  if (wanted && error instanceof Error) process.stderr.write(`${error.stack}\n`);
  return code;
};

/** Do what a command line asks for. @returns the exit status. */
export const runProgram = async (argv: readonly string[]): Promise<number> => {
  let chosen: { action: Action; json: boolean } | undefined;
  let terminal: Terminal | undefined;
  try {
    const program = createProgram((action, options) => {
      chosen = { action, json: options.json === true };
    });
    if (argv.length === 0) {
      program.outputHelp();
      return status.done;
    }
    program.parse(spreadSets(argv), { from: 'user' });
    if (!chosen) return status.done;
    terminal = openTerminal(chosen.json);
    return await chosen.action(terminal);
  } catch (error) {
    terminal?.settle();
    return tell(error);
  }
};
