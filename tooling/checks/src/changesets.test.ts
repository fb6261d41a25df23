import getReleasePlan from '@changesets/get-release-plan';
import { expect, test } from 'vitest';
import { publishedPackages, root } from './workspace';

const published = publishedPackages.map(({ manifest }) => manifest.name);

test('every changeset can be read, and a release raises published packages only, together', async () => {
  const { changesets, releases } = await getReleasePlan(root);
  const raised = releases.filter(({ type }) => type !== 'none');
  expect(raised.map(({ name }) => name).filter((name) => !published.includes(name))).toEqual([]);
  if (changesets.length > 0) expect(raised.map(({ name }) => name).sort()).toEqual([...published].sort());
  expect(new Set(raised.map(({ newVersion }) => newVersion)).size).toBeLessThanOrEqual(1);
});
