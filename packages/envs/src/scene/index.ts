export { type AnimationOptions, animateSvg } from './animation';
export { type CanvasContext, type CanvasOptions, drawCanvas } from './canvas';
export { darkShades, lightShades, type Shades } from './shades';
export { drawSvg, type SvgOptions } from './svg';
