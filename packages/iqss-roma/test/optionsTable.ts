import type { ZodObject, ZodType } from 'zod';
import * as schemas from '../src/config';

interface Row {
  /** Default values, and whose they are. */
  readonly values: Map<string, string[]>;
  readonly meaning: string;
  readonly unit?: string;
  readonly users: string[];
}

const unwrapped = (schema: unknown): unknown => {
  let inner = schema;
  while (typeof inner === 'object' && inner !== null && 'unwrap' in inner && !('shape' in inner))
    inner = (inner as { unwrap(): unknown }).unwrap();
  return inner;
};

const users: readonly (readonly [string, ZodType])[] = [
  ['roma-iqss', schemas.iqssSchema(5)],
  ['sma-iqss', schemas.iqssSchema(0)],
  ['i2q', schemas.i2qSchema(0)],
  ['iql', schemas.qSchema],
  ['hysteretic', schemas.hystereticSchema],
  ['ma2ql', schemas.ma2qlSchema],
  ['central-q', schemas.centralQSchema],
  ['central-qss', schemas.centralQssSchema],
];

const rows = new Map<string, Row>();

const gather = (user: string, schema: ZodType, path: string): void => {
  const { shape } = unwrapped(schema) as Partial<ZodObject>;
  if (shape) {
    for (const [name, option] of Object.entries(shape))
      gather(user, option as ZodType, path ? `${path}.${name}` : name);
    return;
  }
  const { meaning, unit } = schema.meta() as { meaning: string; unit?: string };
  const found = rows.get(path);
  const value = JSON.stringify(schema.parse(undefined)).replaceAll('"', '').replaceAll(',', ', ');
  if (!found) rows.set(path, { values: new Map([[value, [user]]]), meaning, unit, users: [user] });
  else {
    found.users.push(user);
    found.values.set(value, [...(found.values.get(value) ?? []), user]);
  }
};

for (const [user, schema] of users) gather(user, schema, '');

const scheduled = users.map(([user]) => user).filter((user) => !user.startsWith('central'));

const names = (own: readonly string[]): string => {
  if (own.length === users.length) return 'all';
  if (String(own) === String(scheduled)) return 'all but central';
  return own.join(', ').replace('roma-iqss, sma-iqss', 'iqss');
};

const defaults = (values: Map<string, string[]>): string =>
  [...values].map(([value, of], index) => (index === 0 ? value : `${value} (${of.join(', ')})`)).join('; ');

/** Every option of every algorithm, as a table for the README; made from the schemas. */
export const optionsTable = [
  '| option | default | of | meaning |',
  '|---|---|---|---|',
  ...[...rows].map(([path, { values, meaning, unit, users: own }]) => {
    const of = names(own);
    return `| \`${path}\` | ${defaults(values)} | ${of} | ${meaning}${unit ? ` (${unit})` : ''} |`;
  }),
].join('\n');
