import type { Colour } from '@murmuration/core';

/** What each colour of a scene looks like, as `#rrggbb`. */
export type Shades = Readonly<Record<Colour, string>>;

/**
 * On white. The data colours are those of Okabe and Ito (2008, "Color Universal Design"), which people with any of the
 * common colour vision deficiencies can tell apart; the rest is what the charts of `@murmuration/eval` use, so that
 * its pages recolour drawings in the dark too.
 */
export const lightShades: Shades = {
  ground: '#ffffff',
  panel: '#f6f7f9',
  line: '#e3e6ea',
  quiet: '#59636f',
  text: '#1d232b',
  blue: '#0072b2',
  orange: '#d55e00',
  green: '#009e73',
  pink: '#cc79a7',
  yellow: '#e69f00',
  sky: '#56b4e9',
  grey: '#555555',
};

/** On a dark ground: blue and grey are lighter there. */
export const darkShades: Shades = {
  ...lightShades,
  ground: '#171b21',
  panel: '#1f252d',
  line: '#323943',
  quiet: '#a3acb8',
  text: '#e8eaed',
  blue: '#4aa3df',
  grey: '#b4b4b4',
};
