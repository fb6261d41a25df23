/** The colours of a drawing by name; whoever paints it chooses the shades, on a light ground or a dark one. */
export const colours = [
  'ground',
  'panel',
  'line',
  'quiet',
  'text',
  'blue',
  'orange',
  'green',
  'pink',
  'yellow',
  'sky',
  'grey',
] as const;

export type Colour = (typeof colours)[number];

/** Lengths and places are in the units of the world, `x` to the right and `y` upwards. */
interface Drawn {
  /** 0, not to be seen, to 1, the default. */
  readonly opacity?: number;
}

/** Area and edge; the width of the edge is a length. */
interface Filled extends Drawn {
  readonly fill?: Colour;
  readonly stroke?: Colour;
  readonly strokeWidth?: number;
}

/** A disc, with a word or a letter in its middle. */
export interface CircleShape extends Filled {
  readonly kind: 'circle';
  readonly x: number;
  readonly y: number;
  readonly radius: number;
  readonly label?: string;
  readonly labelColour?: Colour;
}

/** A line through points `[x0, y0, x1, y1, …]`, its ends and corners round. */
export interface LineShape extends Drawn {
  readonly kind: 'line';
  readonly points: readonly number[];
  readonly stroke: Colour;
  readonly width: number;
}

/** The area within corners `[x0, y0, x1, y1, …]`. */
export interface PolygonShape extends Filled {
  readonly kind: 'polygon';
  readonly points: readonly number[];
}

/** A gauge, such as health: a box around its middle, filled from the left. */
export interface BarShape extends Drawn {
  readonly kind: 'bar';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  /** 0 to 1. */
  readonly share: number;
  readonly fill: Colour;
}

/** A line of text; `y` is the middle of its height. */
export interface TextShape extends Drawn {
  readonly kind: 'text';
  readonly x: number;
  readonly y: number;
  readonly text: string;
  /** Height of the letters. */
  readonly size: number;
  readonly colour: Colour;
  /** Which part of the text stands at `x`: its middle by default. */
  readonly align?: 'left' | 'middle' | 'right';
}

export type Shape = CircleShape | LineShape | PolygonShape | BarShape | TextShape;

/** A rectangle of the world. */
export interface Extent {
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
  readonly top: number;
}

/** What a moment of a world looks like, as plain data: `@murmuration/envs/scene` paints it to SVG or to a canvas. */
export interface Scene {
  /** The part of the world that is shown. */
  readonly extent: Extent;
  /** Where in it something happens, if that may be much less: a replay shows what an episode needs. */
  readonly focus?: Extent;
  /** From back to front. */
  readonly shapes: readonly Shape[];
  /** One line for the eye and the ear, such as `step 12: 3 allies, 2 enemies`. */
  readonly caption: string;
}

/**
 * Who watches a copy of a world.
 * @param draw what the copy looks like; valid during the call only.
 * @param started whether an episode begins with this moment, as in a frame.
 */
export type Spectator = (draw: () => Scene, started: boolean) => void;
