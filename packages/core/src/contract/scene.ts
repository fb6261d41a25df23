import { colours, type Extent, type Scene, type Shape } from '../scene';

type Kind = 'number' | 'length' | 'share' | 'points' | 'text' | 'colour' | 'align';
type Fields = Readonly<Record<string, Kind>>;

const checks: Readonly<Record<Kind, readonly [holds: (value: unknown) => boolean, advice: string]>> = {
  number: [Number.isFinite, 'a finite number'],
  length: [(value) => Number.isFinite(value) && (value as number) >= 0, 'a number of 0 or more'],
  share: [(value) => (value as number) >= 0 && (value as number) <= 1, 'a number from 0 to 1'],
  points: [
    (value) =>
      Array.isArray(value) && value.length >= 4 && value.length % 2 === 0 && value.every(Number.isFinite),
    'two points or more, [x0, y0, x1, y1, …]',
  ],
  text: [(value) => typeof value === 'string', 'a text'],
  colour: [(value) => (colours as readonly unknown[]).includes(value), `one of ${colours.join(', ')}`],
  align: [(value) => ['left', 'middle', 'right'].includes(value as string), 'left, middle or right'],
};

const edge: Fields = { fill: 'colour', stroke: 'colour', strokeWidth: 'length', opacity: 'share' };

/** What each kind of shape must have, and what it may have. */
const shapes: Readonly<Record<Shape['kind'], readonly [must: Fields, may: Fields]>> = {
  circle: [
    { x: 'number', y: 'number', radius: 'length' },
    { ...edge, label: 'text', labelColour: 'colour' },
  ],
  line: [{ points: 'points', stroke: 'colour', width: 'length' }, { opacity: 'share' }],
  polygon: [{ points: 'points' }, edge],
  bar: [
    { x: 'number', y: 'number', width: 'length', height: 'length', share: 'share', fill: 'colour' },
    { opacity: 'share' },
  ],
  text: [
    { x: 'number', y: 'number', text: 'text', size: 'length', colour: 'colour' },
    { opacity: 'share', align: 'align' },
  ],
};

const tell = (value: unknown): string =>
  (typeof value === 'number' ? String(value) : (JSON.stringify(value) ?? String(value))).slice(0, 80);

const fieldFault = (of: object, [must, may]: readonly [Fields, Fields]): string | undefined => {
  const values = of as Readonly<Record<string, unknown>>;
  for (const [name, kind] of Object.entries({ ...may, ...must })) {
    const value = values[name];
    if (value === undefined && !(name in must)) continue;
    const [holds, advice] = checks[kind];
    if (!holds(value)) return `has ${name} ${tell(value)}; give ${advice}`;
  }
  return undefined;
};

const sides: Fields = { left: 'number', bottom: 'number', right: 'number', top: 'number' };

const extentFault = (name: string, extent: Extent): string | undefined => {
  const problem = extent
    ? fieldFault(extent, [sides, {}])
    : `is ${tell(extent)}; give left, bottom, right and top`;
  if (problem) return `its ${name} ${problem}`;
  if (extent.left < extent.right && extent.bottom < extent.top) return undefined;
  return `its ${name} is ${tell(extent)}; left must be below right, and bottom below top`;
};

/** What is wrong with what a world's `draw` returned, if anything; everything that paints a scene relies on it. */
export const sceneFault = (scene: Scene): string | undefined => {
  if (typeof scene !== 'object' || scene === null) return `is ${tell(scene)}; return a scene`;
  const { extent, focus, shapes: drawn, caption } = scene;
  const problem = extentFault('extent', extent) ?? (focus && extentFault('focus', focus));
  if (problem) return problem;
  if (typeof caption !== 'string') return `its caption is ${tell(caption)}; give a line of text`;
  if (!Array.isArray(drawn)) return `its shapes are ${tell(drawn)}; give a list`;
  for (const [index, shape] of drawn.entries()) {
    const fields =
      typeof shape === 'object' &&
      shape &&
      Object.hasOwn(shapes, shape.kind) &&
      shapes[shape.kind as Shape['kind']];
    if (!fields) return `its shape ${index} is ${tell(shape)}; give a circle, line, polygon, bar or text`;
    const wrong = fieldFault(shape, fields);
    if (wrong) return `its shape ${index}, a ${shape.kind}, ${wrong}`;
  }
  return undefined;
};
