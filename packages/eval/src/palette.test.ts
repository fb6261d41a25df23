import { expect, test } from 'vitest';
import { darkInk, ink, seriesStyle } from './palette.js';

const luminance = (colour: string): number => {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

const contrast = (one: string, other: string): number => {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
};

test('84 series have a style of their own, and any seven a colour of their own', () => {
  const styles = Array.from({ length: 84 }, (_, index) => seriesStyle(index));
  expect(new Set(styles.map((style) => JSON.stringify(style))).size).toBe(84);
  expect(new Set(styles.slice(0, 7).map((style) => style.colour)).size).toBe(7);
});

test('text can be read on light and on dark ground (WCAG AA, 4.5 to 1)', () => {
  for (const text of [ink.text, ink.quiet]) {
    expect(contrast(text, ink.ground)).toBeGreaterThan(4.5);
    expect(contrast(darkInk[text], darkInk[ink.ground])).toBeGreaterThan(4.5);
  }
});

test('series can be seen on light and on dark ground', () => {
  for (let index = 0; index < 7; index++) {
    const { colour } = seriesStyle(index);
    expect(contrast(colour, ink.ground)).toBeGreaterThan(2.2);
    expect(contrast(darkInk[colour] ?? colour, darkInk[ink.ground])).toBeGreaterThan(4);
  }
});
