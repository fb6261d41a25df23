import { comparePreset, describeOptions } from '@murmuration/core';
import { status } from '../failure';
import { findAlgorithm } from '../registry';
import { renderTable } from '../terminal/table';
import type { Terminal } from '../terminal/terminal';
import { openWorld } from '../world';

const show = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** `murmuration list <algorithm> [environment]`: every option and what it is here, and how each preset differs. */
export const listOptions = async (
  id: string,
  environment: string | undefined,
  terminal: Terminal,
): Promise<number> => {
  const algorithm = findAlgorithm(id);
  const spec = environment === undefined ? undefined : (await openWorld({ environment, options: {} })).spec;
  const options = describeOptions(algorithm, spec);
  const presets = Object.entries(algorithm.presets).map(([preset, { meaning, copies }]) => ({
    kind: 'preset',
    id: preset,
    meaning,
    copies,
    differences: comparePreset(algorithm, preset, spec),
  }));
  if (terminal.json) {
    for (const option of options) terminal.event({ kind: 'option', ...option });
    for (const preset of presets) terminal.event(preset);
    return status.done;
  }
  const section = (columns: readonly string[], rows: readonly (readonly string[])[]): void =>
    terminal.say(`${renderTable({ columns, rows }, terminal)}\n`);
  const where = environment === undefined ? 'DEFAULT' : `IN ${environment}`;
  section(
    ['OPTION', where, 'WHAT IT IS', 'SOURCE'],
    options.map(({ name, value, meaning = '', unit, source = '' }) => [
      name,
      show(value),
      unit === undefined ? meaning : `${meaning} (${unit})`,
      source,
    ]),
  );
  for (const { id: preset, meaning, copies, differences } of presets) {
    terminal.say(`preset=${preset}: ${meaning}${copies === undefined ? '' : `; --copies ${copies}`}`);
    section(
      ['DIFFERS IN', where, 'PRESET'],
      differences.map((each) => [each.name, show(each.value), show(each.preset)]),
    );
  }
  return status.done;
};
