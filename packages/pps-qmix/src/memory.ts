import type { EnvironmentSpec } from '@murmuration/core';
import { usualEpisodes } from './config';
import { bytesOf } from './episode';
import { sizesOf } from './world';

/** Most bytes that remembered episodes fill by default, were all as long as can be: 4 GiB. */
const mostBytes = 4 * 2 ** 30;

/** How many episodes to remember by default: fewer than usual where those of a large team would not fit. */
export const episodesThatFit = (spec: EnvironmentSpec): number => {
  const { batch, buffer } = usualEpisodes;
  if (spec.episodeLimit === undefined) return buffer;
  const fitting = Math.floor(mostBytes / (bytesOf(sizesOf(spec)) * (spec.episodeLimit + 1)));
  return Math.max(batch, Math.min(buffer, fitting));
};
