import type { ZodObject, ZodType } from 'zod';
import * as schemas from '../src/config';

const users: readonly (readonly [string, ZodType])[] = [
  ['ippo', schemas.simultaneousSchema('observation')],
  ['mappo', schemas.simultaneousSchema('state')],
  ['happo', schemas.sequentialSchema('product')],
  ['clip-happo', schemas.sequentialSchema('bounded')],
  ['hatrpo', schemas.trustRegionSchema('product')],
  ['clip-hatrpo', schemas.trustRegionSchema('bounded')],
  ['a2po', schemas.a2poSchema],
  ['coppo', schemas.coppoSchema],
];

const shapeOf = (schema: unknown): ZodObject['shape'] | undefined => {
  let inner = schema as { unwrap?: () => unknown; shape?: ZodObject['shape'] };
  while (inner.unwrap && !inner.shape) inner = inner.unwrap() as typeof inner;
  return inner.shape;
};

/** Every option below a schema by its path. */
const optionsOf = (schema: ZodType, path = ''): [string, ZodType][] => {
  const shape = shapeOf(schema);
  if (!shape) return [[path, schema]];
  return Object.entries(shape).flatMap(([name, option]) =>
    optionsOf(option as ZodType, path ? `${path}.${name}` : name),
  );
};

const print = (value: unknown): string => JSON.stringify(value).replaceAll('"', '').replaceAll(',', ', ');

const found = users.flatMap(([user, schema]) =>
  optionsOf(schema).map(([path, option]) => ({
    user,
    path,
    value: print(option.parse(undefined)),
    meta: option.meta() as { meaning: string; unit?: string },
  })),
);

/** The default, and other defaults with those who have them. */
const defaultsOf = (rows: typeof found): string =>
  [...new Set(rows.map(({ value }) => value))]
    .map((value, index) => {
      const of = rows.filter((row) => row.value === value).map(({ user }) => user);
      return index === 0 ? value : `${value} (${of.join(', ')})`;
    })
    .join('; ');

/** Every option of every algorithm as a table; made from the schemas. */
export const optionsTable = [
  '| option | default | of | meaning |',
  '|---|---|---|---|',
  ...[...new Set(found.map(({ path }) => path))].map((path) => {
    const rows = found.filter((row) => row.path === path);
    const { meaning, unit } = rows[0].meta;
    const of = rows.length === users.length ? 'all' : rows.map(({ user }) => user).join(', ');
    return `| \`${path}\` | ${defaultsOf(rows)} | ${of} | ${meaning}${unit ? ` (${unit})` : ''} |`;
  }),
].join('\n');
