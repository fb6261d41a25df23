/**
 * The colours of Okabe and Ito (2008, "Color Universal Design"), which people with any of the common colour
 * vision deficiencies can tell apart, less the yellow that is lost on white. Line pattern and marker differ
 * too, so that a chart survives a black-and-white printer.
 */
const colours = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9', '#555555'];
const dashes: ('solid' | number[])[] = ['solid', [9, 4], [2, 3], [10, 3, 2, 3]];
const markers = [
  'circle',
  'triangle',
  'rect',
  'diamond',
  'path://M0 0L10 0L5 9Z',
  'path://M3 0H7V3H10V7H7V10H3V7H0V3H3Z',
];

export type SeriesStyle = { colour: string; dash: 'solid' | number[]; marker: string };

/** Style of the series number `index`; the first 84 (7 colours, 4 patterns, 6 markers) all differ. */
export const seriesStyle = (index: number): SeriesStyle => ({
  colour: colours[index % colours.length],
  dash: dashes[index % dashes.length],
  marker: markers[index % markers.length],
});

/** What is not data. A page recolours exactly these values in the dark, so nothing else may use them. */
export const ink = { text: '#1d232b', quiet: '#59636f', grid: '#e3e6ea', ground: '#ffffff' };

/** The same on a dark ground, and the two series colours that are too dark for it. */
export const darkInk: Record<string, string> = {
  [ink.text]: '#e8eaed',
  [ink.quiet]: '#a3acb8',
  [ink.grid]: '#323943',
  [ink.ground]: '#171b21',
  [colours[0]]: '#4aa3df',
  [colours[6]]: '#b4b4b4',
};
