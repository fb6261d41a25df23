import type { Algorithm, EnvironmentFamily } from '@murmuration/core';
import { status } from '../failure';
import { algorithms, experiments, families } from '../registry';
import { renderTable } from '../terminal/table';
import type { Terminal } from '../terminal/terminal';

const supports = ({ capabilities }: Algorithm): string =>
  [
    `${capabilities.observations.join('/')} observations`,
    `${capabilities.actions.join('/')} actions`,
    capabilities.individualRewards && 'individual rewards',
    capabilities.differentAgents && 'different agents',
    capabilities.dyingAgents && 'dying agents',
  ]
    .filter((part) => part !== false)
    .join(', ');

const idsOf = ({ family, variants }: EnvironmentFamily): string[] =>
  variants.map((variant) => `${family}/${variant}`);

const events = (): object[] => [
  ...algorithms.map((algorithm) => ({
    kind: 'algorithm',
    id: algorithm.id,
    summary: algorithm.summary,
    package: algorithm.package,
    paper: algorithm.paper,
    presets: Object.keys(algorithm.presets),
    ...algorithm.capabilities,
  })),
  ...families.flatMap((family) =>
    idsOf(family).map((id) => ({
      kind: 'environment',
      id,
      summary: family.summary,
      package: family.package,
      variant: family.variantMeaning,
    })),
  ),
  ...experiments.map(({ id, name, paper, seeds, ablations }) => ({
    kind: 'experiment',
    id,
    summary: name,
    paper,
    seeds,
    ablations: Object.keys(ablations),
  })),
];

/** `murmuration list` */
export const list = async (terminal: Terminal): Promise<number> => {
  if (terminal.json) {
    for (const event of events()) terminal.event(event);
    return status.done;
  }
  const section = (columns: readonly string[], rows: readonly (readonly string[])[]): void =>
    terminal.say(`${renderTable({ columns, rows }, terminal)}\n`);
  section(
    ['ALGORITHM', 'WHAT IT IS', 'SUPPORTS'],
    algorithms.map((algorithm) => [algorithm.id, algorithm.summary, supports(algorithm)]),
  );
  section(
    ['ENVIRONMENT', 'WHAT IT IS', 'VARIANT'],
    families.map((family) => [idsOf(family).join(' '), family.summary, family.variantMeaning]),
  );
  section(
    ['EXPERIMENT', 'WHAT IT REPRODUCES', 'ABLATIONS'],
    experiments.map(({ id, name, ablations }) => [id, name, Object.keys(ablations).join(' ')]),
  );
  return status.done;
};
