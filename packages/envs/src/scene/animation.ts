import type { Scene } from '@murmuration/core';
import { lightShades } from './shades';
import { escapeText, type SvgOptions, shapeMarkup, svgHeight, svgImage } from './svg';

export interface AnimationOptions extends SvgOptions {
  /** What is shown, for those who do not see it. */
  readonly name: string;
  /** Seconds that each scene is shown (default 0.1). */
  readonly seconds?: number;
  /** Seconds that the last one is shown on top of that, before all begins anew (default 1.5). */
  readonly rest?: number;
}

/** How many lines all lists begin with in common. */
const commonStart = ([first, ...others]: readonly (readonly string[])[]): number => {
  const differs = first.findIndex((line, at) => others.some((other) => other[at] !== line));
  return differs < 0 ? first.length : differs;
};

/**
 * Scenes one after another as a film: one SVG image that moves wherever SVG is shown, in a page or a README, without a
 * script (SMIL). Captions stand below. Viewers that know no animation show the first scene. All scenes are drawn as large
 * as the extent of the first one.
 */
export const animateSvg = (scenes: readonly Scene[], options: AnimationOptions): string => {
  const { name, seconds = 0.1, rest = 1.5, width = 640, shades = lightShades } = options;
  const high = svgHeight(scenes[0].extent, width);
  const letters = Math.max(12, Math.round(width / 40));
  const whole = scenes.length * seconds + rest;
  const frames = scenes.map(({ shapes, extent, caption }) => [
    ...shapes.map((shape) => shapeMarkup(shape, extent, { width, shades })),
    `<text x="${width / 2}" y="${high + letters}" dy="0.35em" font-size="${letters}" fill="${shades.text}">${escapeText(caption)}</text>`,
  ]);
  const common = commonStart(frames);
  const share = (frame: number): string => String(Number(((frame * seconds) / whole).toFixed(5)));
  const groups = frames.map((lines, frame) => {
    const last = frame === frames.length - 1;
    const values = [...(frame > 0 ? ['none'] : []), 'inline', ...(last ? [] : ['none'])].join(';');
    const times = ['0', ...(frame > 0 ? [share(frame)] : []), ...(last ? [] : [share(frame + 1)])].join(';');
    const animate = `<animate attributeName="display" values="${values}" keyTimes="${times}" dur="${Number(whole.toFixed(3))}s" calcMode="discrete" repeatCount="indefinite"/>`;
    return `<g${frame > 0 ? ' display="none"' : ''}>${frames.length > 1 ? animate : ''}${lines.slice(common).join('')}</g>`;
  });
  const content = [...frames[0].slice(0, common), ...groups].join('\n');
  return svgImage(content, { width, height: high + 2 * letters, name, shades });
};
