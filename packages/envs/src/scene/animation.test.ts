import type { Scene } from '@murmuration/core';
import { expect, test } from 'vitest';
import { animateSvg } from '.';

const at = (x: number): Scene => ({
  extent: { left: 0, bottom: 0, right: 4, top: 1 },
  shapes: [
    { kind: 'polygon', points: [0, 0, 4, 0, 4, 1], fill: 'panel' },
    { kind: 'circle', x, y: 0.5, radius: 0.5, fill: 'blue' },
  ],
  caption: `at ${x} & on`,
});

const caption = (text: string): string =>
  `<text x="200" y="112" dy="0.35em" font-size="12" fill="#1d232b">${text}</text>`;
const animate = (values: string, keyTimes: string): string =>
  `<animate attributeName="display" values="${values}" keyTimes="${keyTimes}" dur="4s" calcMode="discrete" repeatCount="indefinite"/>`;

test('what stays is drawn once, and every scene has its time', () => {
  const film = animateSvg([at(1), at(2), at(3)], { name: '<film>', seconds: 1, rest: 1, width: 400 });
  expect(film).toBe(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 124" width="400" height="124" font-family="system-ui, sans-serif" text-anchor="middle" role="img" aria-label="&#60;film&#62;">
<rect width="400" height="124" fill="#ffffff"/>
<path d="M0 100L400 100L400 0Z" fill="#f6f7f9"/>
<g>${animate('inline;none', '0;0.25')}<circle cx="100" cy="50" r="50" fill="#0072b2"/>${caption('at 1 &#38; on')}</g>
<g display="none">${animate('none;inline;none', '0;0.25;0.5')}<circle cx="200" cy="50" r="50" fill="#0072b2"/>${caption('at 2 &#38; on')}</g>
<g display="none">${animate('none;inline', '0;0.5')}<circle cx="300" cy="50" r="50" fill="#0072b2"/>${caption('at 3 &#38; on')}</g>
</svg>
`,
  );
});

test('one scene does not move', () => {
  expect(animateSvg([at(1)], { name: 'still' })).not.toContain('animate');
});
