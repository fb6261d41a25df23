import {
  ConfigurationError,
  createEnvironment,
  type EnvironmentFamily,
  nearestName,
  type VectorEnvironment,
} from '@murmuration/core';
import * as worlds from '../index';

const isFamily = (value: unknown): value is EnvironmentFamily =>
  typeof value === 'object' && value !== null && 'family' in value && 'create' in value;

const families = Object.values(worlds).filter(isFamily) as readonly EnvironmentFamily[];

/** The family that an id names. @throws ConfigurationError where there is none of that name here. */
export const familyOf = (id: string): EnvironmentFamily => {
  const name = id.split('/')[0];
  const found = families.find(({ family }) => family === name);
  if (found) return found;
  const names = families.map(({ family }) => family);
  const near = nearestName(name, names);
  const advice = near ? `did you mean ${near}?` : `give one of ${names.join(', ')}`;
  throw new ConfigurationError('@murmuration/envs', `there is no family ${JSON.stringify(name)}; ${advice}`);
};

/** So many copies of a world. */
export const createShard = (id: string, options: unknown, copies: number): VectorEnvironment => {
  const variant = id.split('/').slice(1).join('/');
  return createEnvironment(familyOf(id).create(variant, options), copies);
};
