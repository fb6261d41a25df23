import { closest, distance } from 'fastest-levenshtein';
import type { ZodObject, ZodType } from 'zod';
import { ConfigurationError } from './errors';

/** The known name nearest to a mistyped one, where one is near enough to be meant. */
export const nearestName = (name: string, known: readonly string[]): string | undefined => {
  if (known.length === 0) return undefined;
  const nearest = closest(name, known);
  return distance(name, nearest) <= Math.max(2, Math.floor(nearest.length / 3)) ? nearest : undefined;
};

const keysOf = (schema: ZodType, path: readonly PropertyKey[]): string[] => {
  let here: unknown = schema;
  for (const part of path) {
    here = unwrapSchema(here);
    here = isObjectSchema(here) ? here.shape[String(part)] : undefined;
  }
  const last = unwrapSchema(here);
  return isObjectSchema(last) ? Object.keys(last.shape) : [];
};

export const isObjectSchema = (schema: unknown): schema is ZodObject =>
  typeof schema === 'object' && schema !== null && 'shape' in schema;

/** Look through defaults and the like. */
export const unwrapSchema = (schema: unknown): unknown => {
  let inner = schema;
  while (typeof inner === 'object' && inner !== null && 'unwrap' in inner && !isObjectSchema(inner)) {
    inner = (inner as { unwrap(): unknown }).unwrap();
  }
  return inner;
};

const valueAt = (values: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((value, part) => (value as Record<PropertyKey, unknown> | undefined)?.[part], values);

/**
 * Check values against a schema and fill in its defaults.
 * @param owner what the values configure, for example `@murmuration/iqss-roma roma-iqss`.
 * @throws ConfigurationError naming the owner, the option, the value found and what would do.
 */
export const parseConfiguration = <Configuration>(
  owner: string,
  schema: ZodType<Configuration>,
  values: unknown,
): Configuration => {
  const result = schema.safeParse(values, { reportInput: true });
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  if (issue.code === 'unrecognized_keys') {
    const known = keysOf(schema, issue.path);
    const key = [...issue.path, issue.keys[0]].join('.');
    const near = nearestName(issue.keys[0], known);
    const advice = near
      ? `did you mean ${[...issue.path, near].join('.')}?`
      : `known are ${known.join(', ')}`;
    throw new ConfigurationError('@murmuration/core', `${owner}: there is no option ${key}; ${advice}`);
  }
  const option = issue.path.join('.') || 'the configuration';
  const found = JSON.stringify(valueAt(values, issue.path)) ?? 'nothing';
  throw new ConfigurationError('@murmuration/core', `${owner}: ${option} is ${found}; ${issue.message}`);
};
