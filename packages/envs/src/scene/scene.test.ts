import type { Scene, Shape } from '@murmuration/core';
import { describe, expect, test } from 'vitest';
import { type CanvasContext, type CanvasOptions, darkShades, drawCanvas, drawSvg, lightShades } from '.';

/** Four wide and two high, with one shape of each kind. */
const scene: Scene = {
  extent: { left: -2, bottom: 0, right: 2, top: 2 },
  shapes: [
    { kind: 'polygon', points: [-2, 0, 2, 0, 0, 2], fill: 'panel', stroke: 'line', strokeWidth: 0.1 },
    { kind: 'line', points: [-1, 1, 1, 1.5], stroke: 'orange', width: 0.05, opacity: 0.5 },
    { kind: 'circle', x: -1, y: 1, radius: 0.25, fill: 'blue', label: '<m>', labelColour: 'ground' },
    { kind: 'bar', x: -1, y: 1.5, width: 0.5, height: 0.1, share: 0.25, fill: 'green' },
    { kind: 'text', x: 2, y: 0.5, text: 'a & b', size: 0.3, colour: 'text', align: 'right' },
  ],
  caption: 'step 1: "quoted" </svg>',
};

test('a scene becomes this very SVG', () => {
  expect(drawSvg(scene, { width: 400 })).toBe(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 200" width="400" height="200" font-family="system-ui, sans-serif" text-anchor="middle" role="img" aria-label="step 1: &#34;quoted&#34; &#60;/svg&#62;">
<rect width="400" height="200" fill="#ffffff"/>
<path d="M0 200L400 200L200 0Z" fill="#f6f7f9" stroke="#e3e6ea" stroke-width="10"/>
<path d="M100 100L300 50" fill="none" stroke-linecap="round" stroke-linejoin="round" stroke="#d55e00" stroke-width="5" opacity="0.5"/>
<circle cx="100" cy="100" r="25" fill="#0072b2"/><text x="100" y="100" dy="0.35em" font-size="30" fill="#ffffff">&#60;m&#62;</text>
<rect x="75" y="45" width="50" height="10" fill="#e3e6ea"/><rect x="75" y="45" width="12.5" height="10" fill="#009e73"/>
<text x="400" y="150" dy="0.35em" text-anchor="end" font-size="30" fill="#1d232b">a &#38; b</text>
</svg>
`,
  );
});

test('in other shades and without a fill', () => {
  const ring: Shape = { kind: 'circle', x: 0, y: 1, radius: 1, stroke: 'blue' };
  const drawing = drawSvg({ ...scene, shapes: [ring], caption: '' }, { width: 8, shades: darkShades });
  expect(drawing).toContain('<rect width="8" height="4" fill="#171b21"/>');
  expect(drawing).toContain('<circle cx="4" cy="2" r="2" fill="none" stroke="#4aa3df" stroke-width="1"/>');
});

/** A canvas that writes down what is done to it. */
const recorder = (): { context: CanvasContext; calls: string[] } => {
  const calls: string[] = [];
  const context = new Proxy({} as CanvasContext, {
    get:
      (_, name) =>
      (...values: unknown[]) =>
        calls.push(`${String(name)}(${values.join(', ')})`),
    set: (_, name, value) => {
      calls.push(`${String(name)} = ${value}`);
      return true;
    },
  });
  return { context, calls };
};

const painted = (draw: typeof drawCanvas, of: Scene, options: CanvasOptions): string[] => {
  const { context, calls } = recorder();
  draw(of, context, options);
  return calls;
};

describe('drawCanvas', () => {
  const options = { width: 400, height: 300, shades: lightShades };
  // As wide as the canvas; 50 pixels stay free above and below.
  const expected = [
    ...['globalAlpha = 1', 'fillStyle = #ffffff', 'fillRect(0, 0, 400, 300)'],
    ...['lineCap = round', 'lineJoin = round', 'textBaseline = middle'],
    ...['globalAlpha = 1', 'textAlign = center', 'beginPath()', 'moveTo(0, 250)', 'lineTo(400, 250)'],
    ...['lineTo(200, 50)', 'closePath()', 'fillStyle = #f6f7f9', 'fill()'],
    ...['strokeStyle = #e3e6ea', 'lineWidth = 10', 'stroke()'],
    ...['globalAlpha = 0.5', 'textAlign = center', 'beginPath()', 'moveTo(100, 150)', 'lineTo(300, 100)'],
    ...['strokeStyle = #d55e00', 'lineWidth = 5', 'stroke()'],
    ...['globalAlpha = 1', 'textAlign = center', 'beginPath()', `arc(100, 150, 25, 0, ${2 * Math.PI})`],
    ...['fillStyle = #0072b2', 'fill()', 'font = 30px system-ui, sans-serif', 'fillStyle = #ffffff'],
    'fillText(<m>, 100, 150)',
    ...['globalAlpha = 1', 'textAlign = center', 'fillStyle = #e3e6ea', 'fillRect(75, 95, 50, 10)'],
    ...['fillStyle = #009e73', 'fillRect(75, 95, 12.5, 10)'],
    ...['globalAlpha = 1', 'textAlign = center', 'textAlign = right', 'font = 30px system-ui, sans-serif'],
    ...['fillStyle = #1d232b', 'fillText(a & b, 400, 200)', 'globalAlpha = 1'],
  ];

  test('does this very work on a canvas', () => {
    expect(painted(drawCanvas, scene, options)).toEqual(expected);
  });

  test('works from its text alone, as a page that stands alone carries it', () => {
    const alone: typeof drawCanvas = new Function(`return ${drawCanvas.toString()}`)();
    expect(painted(alone, scene, options)).toEqual(expected);
  });
});
