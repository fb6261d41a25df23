import type { Colour, Extent, Scene, Shape } from '@murmuration/core';
import { colourOfAgent } from '../scene/elements';
import type { EngineModel } from './engine';
import type { Rules } from './rules';
import type { View } from './simulation';

/** From where one looks: along y, from above, along y and somewhat from above, or from above and always at the middle. */
export type Look = 'side' | 'top' | 'oblique' | 'table';

/** The engine's kinds of geoms that our models have. */
const [plane, sphere, capsule] = [0, 2, 3];

/** What of a model a drawing needs, read once. */
export interface Figure {
  readonly look: Look;
  readonly geoms: readonly {
    readonly index: number;
    readonly kind: number;
    readonly radius: number;
    readonly half: number;
    readonly colour: Colour;
  }[];
  /** Half the width and the height of what is shown, m. */
  readonly reach: readonly [across: number, up: number];
}

/** Colours of bodies: that of the agent whose motor moves the body, else of what it hangs on. */
const coloursOf = (model: EngineModel, { agents }: Rules): Colour[] => {
  const colours: (Colour | undefined)[] = new Array(model.nbody).fill(undefined);
  const owners = new Map(agents.flatMap((joints, agent) => joints.map(({ action }) => [action, agent])));
  // Two numbers of each motor; the first is its joint.
  for (let motor = model.nu - 1; motor >= 0; motor--) {
    const body = model.jnt_bodyid[model.actuator_trnid[2 * motor]];
    colours[body] = colourOfAgent(owners.get(motor) ?? 0);
  }
  for (let body = 1; body < model.nbody; body++) {
    const parent = model.body_parentid[body];
    colours[body] ??= parent > 0 ? colours[parent] : 'quiet';
  }
  return colours.map((colour) => colour ?? 'quiet');
};

export const figureOf = (model: EngineModel, rules: Rules): Figure => {
  const colours = coloursOf(model, rules);
  const geoms = Array.from({ length: model.ngeom }, (_, index) => ({
    index,
    kind: model.geom_type[index],
    radius: model.geom_size[3 * index],
    half: model.geom_size[3 * index + 1],
    colour: colours[model.geom_bodyid[index]],
  })).filter(({ kind }) => kind !== plane);
  return { look: rules.body.look, geoms, reach: rules.body.reach };
};

/** Where a point of space is seen. */
const projections: Readonly<Record<Look, (x: number, y: number, z: number) => [number, number]>> = {
  side: (x, _y, z) => [x, z],
  top: (x, y) => [x, y],
  table: (x, y) => [x, y],
  oblique: (x, y, z) => [x + 0.4 * y, z + 0.3 * y],
};

const fromAbove = (look: Look): boolean => look === 'top' || look === 'table';

/** The mean of all geoms along an axis. */
const middleOf = ({ geoms }: Figure, places: Float64Array, axis: number): number =>
  geoms.reduce((sum, { index }) => sum + places[3 * index + axis], 0) / geoms.length;

const extentOf = (figure: Figure, view: View): Extent => {
  const { look, reach } = figure;
  const [across, up] = reach;
  if (look === 'table') return { left: -across, right: across, bottom: -up / 2, top: up / 2 };
  const places = view('geom_xpos');
  const x = middleOf(figure, places, 0);
  // A camera that moves in steps of a quarter metre lets the marks on the ground stand still in between.
  const middle = look === 'top' ? x : Math.round(4 * x) / 4;
  const bottom = look === 'top' ? middleOf(figure, places, 1) - up / 2 : -0.15 * up;
  return { left: middle - across, right: middle + across, bottom, top: bottom + up };
};

/** The ground with a mark each metre, so that one sees how fast it passes. */
const groundOf = ({ look, reach: [, up] }: Figure, { left, right, bottom, top }: Extent): Shape[] => {
  const first = Math.ceil(left);
  const marks = Array.from({ length: Math.max(0, Math.floor(right) - first + 1) }, (_, mark) => first + mark);
  const thin = 0.006 * up;
  const lines = marks.map((x): Shape => {
    const points = fromAbove(look) ? [x, bottom, x, top] : [x, 0, x, -0.05 * up];
    return { kind: 'line', points, stroke: 'line', width: thin };
  });
  if (fromAbove(look)) return lines;
  return [{ kind: 'line', points: [left, 0, right, 0], stroke: 'quiet', width: thin }, ...lines];
};

const geomOf = (figure: Figure, view: View, geom: Figure['geoms'][number]): Shape => {
  const [places, turns] = [view('geom_xpos'), view('geom_xmat')];
  const { index, kind, radius, half, colour } = geom;
  const project = projections[figure.look];
  const along = (axis: number, sign: number): number =>
    places[3 * index + axis] + (kind === capsule ? sign * half * turns[9 * index + 3 * axis + 2] : 0);
  const from = project(along(0, -1), along(1, -1), along(2, -1));
  if (kind === sphere) return { kind: 'circle', x: from[0], y: from[1], radius, fill: colour };
  const to = project(along(0, 1), along(1, 1), along(2, 1));
  return { kind: 'line', points: [...from, ...to], stroke: colour, width: 2 * radius };
};

/**
 * What a body looks like: its capsules and balls as they stand, each part in the colour of the agent who moves it, what
 * hangs on nobody's motor grey. The picture goes along with the body.
 */
export const sceneOf = (figure: Figure, view: View, caption: string): Scene => {
  const extent = extentOf(figure, view);
  return {
    extent,
    shapes: [...groundOf(figure, extent), ...figure.geoms.map((geom) => geomOf(figure, view, geom))],
    caption,
  };
};
