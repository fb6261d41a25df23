import type { Colour, Extent, Scene, Shape } from '@murmuration/core';
import { lightShades, type Shades } from './shades';

export interface SvgOptions {
  /** In pixels (default 640); the height follows from the extent. */
  readonly width?: number;
  /** Default {@link lightShades}. */
  readonly shades?: Shades;
}

/** Height of a drawing of so many pixels in width. */
export const svgHeight = ({ left, right, bottom, top }: Extent, width: number): number =>
  Math.round((width * (top - bottom)) / (right - left));

export const escapeText = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** Tenths of a pixel are as much as anybody sees. */
const pixels = (value: number): string => String(Math.round(value * 10) / 10);

/** ` name="value"` of each attribute that there is. */
const attributes = (of: Readonly<Record<string, string | number | undefined>>): string =>
  Object.entries(of)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${value}"`)
    .join('');

/**
 * The markup of one shape, for a drawing of `width` pixels.
 * Only `circle`, `path`, `rect` and `text`, each with its colours as attributes: every viewer of SVG knows them.
 */
export const shapeMarkup = (
  shape: Shape,
  { left, right, top }: Extent,
  { width, shades }: Required<SvgOptions>,
): string => {
  const scale = width / (right - left);
  const x = (value: number): string => pixels((value - left) * scale);
  const y = (value: number): string => pixels((top - value) * scale);
  const length = (value: number): string => pixels(value * scale);
  const { opacity } = shape;

  const path = (points: readonly number[]): string =>
    Array.from(
      { length: points.length / 2 },
      (_, point) => `${point === 0 ? 'M' : 'L'}${x(points[2 * point])} ${y(points[2 * point + 1])}`,
    ).join('');
  const filled = (of: { fill?: Colour; stroke?: Colour; strokeWidth?: number }): string =>
    attributes({
      fill: of.fill ? shades[of.fill] : 'none',
      stroke: of.stroke && shades[of.stroke],
      'stroke-width': of.stroke && (of.strokeWidth === undefined ? 1 : length(of.strokeWidth)),
      opacity,
    });
  const words = (
    text: string,
    placeX: number,
    placeY: number,
    size: number,
    colour: Colour,
    anchor?: string,
  ) => {
    const place = attributes({ x: x(placeX), y: y(placeY), dy: '0.35em', 'text-anchor': anchor });
    const look = attributes({ 'font-size': length(size), fill: shades[colour], opacity });
    return `<text${place}${look}>${escapeText(text)}</text>`;
  };

  switch (shape.kind) {
    case 'circle': {
      const { label, labelColour = 'text', radius } = shape;
      const place = attributes({ cx: x(shape.x), cy: y(shape.y), r: length(radius) });
      const name = label ? words(label, shape.x, shape.y, 1.2 * radius, labelColour) : '';
      return `<circle${place}${filled(shape)}/>${name}`;
    }
    case 'line': {
      const look = attributes({ stroke: shades[shape.stroke], 'stroke-width': length(shape.width), opacity });
      return `<path d="${path(shape.points)}" fill="none" stroke-linecap="round" stroke-linejoin="round"${look}/>`;
    }
    case 'polygon':
      return `<path d="${path(shape.points)}Z"${filled(shape)}/>`;
    case 'bar': {
      const { x: middle, y: centre, width: wide, height: high, share } = shape;
      const part = (of: number, colour: Colour): string => {
        const place = attributes({ x: x(middle - wide / 2), y: y(centre + high / 2) });
        const size = attributes({ width: length(of * wide), height: length(high) });
        return `<rect${place}${size}${attributes({ fill: shades[colour], opacity })}/>`;
      };
      return part(1, 'line') + part(share, shape.fill);
    }
    case 'text': {
      const anchor = { left: 'start', middle: undefined, right: 'end' }[shape.align ?? 'middle'];
      return words(shape.text, shape.x, shape.y, shape.size, shape.colour, anchor);
    }
  }
};

/**
 * A whole SVG image, without anything that must be fetched or run.
 * @param name what is read to those who do not see it.
 */
export const svgImage = (
  content: string,
  { width, height, name, shades }: { width: number; height: number; name: string; shades: Shades },
): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="system-ui, sans-serif" text-anchor="middle" role="img" aria-label="${escapeText(name)}">
<rect width="${width}" height="${height}" fill="${shades.ground}"/>
${content}
</svg>
`;

/** A scene as an SVG image; its caption is its name for readers. */
export const drawSvg = (scene: Scene, { width = 640, shades = lightShades }: SvgOptions = {}): string => {
  const shapes = scene.shapes.map((shape) => shapeMarkup(shape, scene.extent, { width, shades }));
  const height = svgHeight(scene.extent, width);
  return svgImage(shapes.join('\n'), { width, height, name: scene.caption, shades });
};
