import type { Scene } from '@murmuration/core';
import type { Shades } from './shades';

/** What is used of a `CanvasRenderingContext2D`: a canvas of a page, of a worker, or of a library for Node. */
export interface CanvasContext {
  globalAlpha: number;
  fillStyle: unknown;
  strokeStyle: unknown;
  lineWidth: number;
  lineCap: string;
  lineJoin: string;
  font: string;
  textAlign: string;
  textBaseline: string;
  fillRect(x: number, y: number, width: number, height: number): void;
  fillText(text: string, x: number, y: number): void;
  beginPath(): void;
  moveTo(x: number, y: number): void;
  lineTo(x: number, y: number): void;
  arc(x: number, y: number, radius: number, from: number, to: number): void;
  closePath(): void;
  fill(): void;
  stroke(): void;
}

export interface CanvasOptions {
  /** Of the canvas, in its own pixels. */
  readonly width: number;
  readonly height: number;
  readonly shades: Shades;
}

/**
 * Paint a scene on the whole of a canvas, as large as fits and in its middle.
 *
 * It uses nothing from outside itself, so that a page which stands alone can carry its text (`drawCanvas.toString()`).
 */
export const drawCanvas = (scene: Scene, context: CanvasContext, options: CanvasOptions): void => {
  const { width, height, shades } = options;
  const { left, right, bottom, top } = scene.extent;
  const scale = Math.min(width / (right - left), height / (top - bottom));
  const startX = (width - scale * (right - left)) / 2;
  const startY = (height - scale * (top - bottom)) / 2;
  const x = (value: number): number => startX + (value - left) * scale;
  const y = (value: number): number => startY + (top - value) * scale;

  const paint = (of: { fill?: keyof Shades; stroke?: keyof Shades; strokeWidth?: number }): void => {
    if (of.fill) {
      context.fillStyle = shades[of.fill];
      context.fill();
    }
    if (of.stroke) {
      context.strokeStyle = shades[of.stroke];
      context.lineWidth = of.strokeWidth === undefined ? 1 : of.strokeWidth * scale;
      context.stroke();
    }
  };
  const trace = (points: readonly number[]): void => {
    context.beginPath();
    context.moveTo(x(points[0]), y(points[1]));
    for (let at = 2; at < points.length; at += 2) context.lineTo(x(points[at]), y(points[at + 1]));
  };
  const write = (text: string, atX: number, atY: number, size: number, colour: keyof Shades): void => {
    context.font = `${size * scale}px system-ui, sans-serif`;
    context.fillStyle = shades[colour];
    context.fillText(text, x(atX), y(atY));
  };

  context.globalAlpha = 1;
  context.fillStyle = shades.ground;
  context.fillRect(0, 0, width, height);
  context.lineCap = 'round';
  context.lineJoin = 'round';
  context.textBaseline = 'middle';
  for (const shape of scene.shapes) {
    context.globalAlpha = shape.opacity ?? 1;
    context.textAlign = 'center';
    if (shape.kind === 'circle') {
      context.beginPath();
      context.arc(x(shape.x), y(shape.y), shape.radius * scale, 0, 2 * Math.PI);
      paint(shape);
      if (shape.label) write(shape.label, shape.x, shape.y, 1.2 * shape.radius, shape.labelColour ?? 'text');
    } else if (shape.kind === 'line') {
      trace(shape.points);
      paint({ stroke: shape.stroke, strokeWidth: shape.width });
    } else if (shape.kind === 'polygon') {
      trace(shape.points);
      context.closePath();
      paint(shape);
    } else if (shape.kind === 'bar') {
      const from = x(shape.x - shape.width / 2);
      const high = y(shape.y + shape.height / 2);
      context.fillStyle = shades.line;
      context.fillRect(from, high, shape.width * scale, shape.height * scale);
      context.fillStyle = shades[shape.fill];
      context.fillRect(from, high, shape.share * shape.width * scale, shape.height * scale);
    } else {
      context.textAlign = shape.align === undefined || shape.align === 'middle' ? 'center' : shape.align;
      write(shape.text, shape.x, shape.y, shape.size, shape.colour);
    }
  }
  context.globalAlpha = 1;
};
