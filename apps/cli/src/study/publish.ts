import { join } from 'node:path';
import { writeFileAtomically } from '@murmuration/core/node';
import { type EvaluatedRun, markdownTable, page, type Table, writeMarlEval } from '@murmuration/eval';
import { duration } from '../terminal/format';
import { versions } from '../versions';
import { isPath } from '../world';
import type { Conducted } from './conduct';
import { type Presented, present, sectionOf } from './present';
import { type ResultEvent, type Results, resultEvents, resultsOf } from './results';
import { type FinishedRun, finalOf, nameOf, runOf, type Study } from './study';

export interface Published {
  readonly table: Table;
  /** Slopes of what training logged, where the study asks for them. */
  readonly slopes?: Table;
  readonly events: readonly ResultEvent[];
  /** Path of the HTML page. */
  readonly page: string;
  /** What people should know beside. */
  readonly notes: readonly string[];
}

const marlEvalRun = ({ cell, seed, track }: FinishedRun, finalEvaluations: number): EvaluatedRun => {
  const [environment, task = environment] = (isPath(cell.environment) ? cell.group : cell.environment).split(
    '/',
  );
  const metrics = Object.entries(track.metrics);
  return {
    environment,
    task,
    algorithm: cell.method.replaceAll(',', ' '),
    seed,
    evaluations: track.steps.map((step, index) => ({
      step,
      metrics: Object.fromEntries(metrics.map(([name, values]) => [name, [values[index]]])),
    })),
    absolute: Object.fromEntries(
      metrics.map(([name, values]) => [name, [finalOf(values, finalEvaluations)]]),
    ),
  };
};

/** marl-eval takes only what is rectangular: where runs differ in length or failed, there is no such file. */
const marlEvalFile = (
  { finalEvaluations, marlEval }: Study,
  finished: readonly FinishedRun[],
): { text?: string; note?: string } => {
  if (!marlEval) return {};
  try {
    return writeMarlEval(finished.map((run) => marlEvalRun(run, finalEvaluations)));
  } catch (error) {
    if (!(error instanceof Error && error.name === 'MarlEvalError')) throw error;
    return { note: `There is no marl-eval.json: ${error.message}` };
  }
};

/** Claims of the theory, computed. */
const checkNotes = ({ checks = [] }: Study): string[] =>
  checks.map(({ claim, run }) => {
    const { found, holds } = run();
    return `${holds ? 'Holds' : 'Does not hold'}: ${claim}: ${found}`;
  });

const readme = (results: Results, { table, slopes, costs }: Presented, notes: readonly string[]): string =>
  [
    `# ${results.title}`,
    results.introduction,
    `Made with\n\n\`\`\`\n${results.command}\n\`\`\``,
    markdownTable(table).trimEnd(),
    `![Learning curves](curves.svg)`,
    `![Final values](final.svg)`,
    ...(slopes && results.trends
      ? [`![${results.trends.name}](trend.svg)`, markdownTable(slopes).trimEnd()]
      : []),
    ...(costs ? [`What a run costs:\n\n${markdownTable(costs).trimEnd()}`] : []),
    ...notes,
    '`results.json` holds the table in full, `curves.json` every run’s curve, `index.html` all of this on one page.',
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n');

/** Write everything that comes out of a study into its directory. @throws FileError */
export const publish = async (study: Study, conducted: Conducted, directory: string): Promise<Published> => {
  const { finished, failed } = conducted;
  const results = resultsOf(study, finished);
  const events = resultEvents(study, finished);
  const marlEval = marlEvalFile(study, finished);
  const seconds = finished.reduce((sum, run) => sum + run.seconds, 0);
  const notes = [
    `Runs took ${duration(seconds)} in all, added up over the workers.`,
    ...failed.map(({ cell, seed, line }) => `Failed: ${nameOf(cell, seed)}: ${line}`),
    ...(marlEval.note === undefined ? [] : [marlEval.note]),
    ...checkNotes(study),
  ];
  const presented = present(results);
  const html = page({
    title: study.title,
    sections: [
      sectionOf(results, presented, notes),
      { title: 'Made with', blocks: [{ kind: 'facts', facts: versions() }] },
    ],
  });
  const cells = study.cells.map((cell) => ({
    ...runOf(cell, study.seeds[0]),
    method: cell.method,
    group: cell.group,
  }));
  const rows = events.map(({ event: _event, ...row }) => row);
  const { title, command, seeds } = study;
  const summary = {
    title,
    command,
    versions: versions(),
    seeds,
    cells,
    rows,
    failed: failed.map(({ line }) => line),
  };
  const files: Record<string, string> = {
    'results.json': `${JSON.stringify(summary, null, 2)}\n`,
    'curves.json': `${JSON.stringify(results)}\n`,
    'README.md': readme(results, presented, notes),
    'index.html': html,
    ...presented.charts,
    ...(marlEval.text === undefined ? {} : { 'marl-eval.json': marlEval.text }),
  };
  for (const [name, content] of Object.entries(files))
    await writeFileAtomically(join(directory, name), content);
  const { table, slopes } = presented;
  return { table, slopes, events, page: join(directory, 'index.html'), notes };
};
