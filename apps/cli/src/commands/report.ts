import { writeFileAtomically } from '@murmuration/core/node';
import { page } from '@murmuration/eval';
import { status } from '../failure';
import { gather } from '../study/gather';
import { present, sectionOf } from '../study/present';
import type { Terminal } from '../terminal/terminal';
import { versions } from '../versions';

export interface ReportRequest {
  readonly directories: readonly string[];
  readonly output?: string;
}

/** `murmuration report` */
export const reportCommand = async (request: ReportRequest, terminal: Terminal): Promise<number> => {
  const { directories, output = 'report.html' } = request;
  const found = await gather(directories);
  const sections = found.map((results) => sectionOf(results, present(results), []));
  const facts = { kind: 'facts', facts: versions() } as const;
  const title = found.length === 1 ? found[0].title : 'Report';
  const html = page({ title, sections: [...sections, { title: 'Made with', blocks: [facts] }] });
  await writeFileAtomically(output, html);
  terminal.event({ event: 'done', output });
  terminal.say(`page ${output}`);
  return status.done;
};
