import { readFileSync } from 'node:fs';
import * as core from '@murmuration/core';
import { expect, test } from 'vitest';
import * as worlds from '../src';
import * as scene from '../src/scene';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

test('the README’s film has a scene for each moment of one battle', () => {
  const code = [...readme.matchAll(/```js\n([\s\S]*?)```/g)].map(([, each]) => each);
  const film = code.find((each) => each.includes('animateSvg')) ?? '';
  const modules: Record<string, object> = {
    ...{ '@murmuration/core': core, '@murmuration/envs': worlds, '@murmuration/envs/scene': scene },
  };
  const body = film.replace(/^import (\{.*\}) from '(.*)';$/gm, "const $1 = modules['$2'];");
  const drawn: string = new Function('modules', `${body}\nreturn film;`)(modules);
  const captions = [...drawn.matchAll(/>(step \d+): ([^<]*)<\/text>/g)];
  expect(captions.map(([, step]) => step)).toEqual(captions.map((_, step) => `step ${step}`));
  expect(captions[0][2]).toBe('5 allies, 5 enemies');
  expect(captions.at(-1)?.[2]).toMatch(/, (victory|defeat|draw|out of time)$/);
});
