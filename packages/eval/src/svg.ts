import { CustomChart, type CustomSeriesOption, LineChart, type LineSeriesOption } from 'echarts/charts';
import {
  GridComponent,
  type GridComponentOption,
  LegendComponent,
  type LegendComponentOption,
  MarkLineComponent,
  type MarkLineComponentOption,
  TitleComponent,
  type TitleComponentOption,
} from 'echarts/components';
import { type ComposeOption, init, use } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { escapeMarkup } from './markup.js';

export type ChartOption = ComposeOption<
  | CustomSeriesOption
  | GridComponentOption
  | LegendComponentOption
  | LineSeriesOption
  | MarkLineComponentOption
  | TitleComponentOption
>;

/**
 * Draws without a browser. echarts numbers the charts of a process and writes the number into every id and
 * class; here ids come from the drawing itself, so that equal charts are equal bytes, and two different charts
 * can stand in one HTML page without taking each other's clip paths.
 */
export const renderSvg = (option: ChartOption, title: string, width: number, height: number): string => {
  use([
    CustomChart,
    GridComponent,
    LegendComponent,
    LineChart,
    MarkLineComponent,
    SVGRenderer,
    TitleComponent,
  ]);
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption({ animation: false, ...option });
    const drawing = chart
      .renderToSVGString({ useViewBox: true })
      .replace(/<style[\s\S]*?<\/style>/g, '')
      .replace(/ (?:class|ecmeta_\w+|pointer-events|xmlns:xlink|baseProfile)="[^"]*"/g, '')
      .replace(/"(url\(#)?zr\d+-(c\d+\)?)"/g, '"$1chart-$2"')
      // Not every renderer knows baselines (librsvg, most converters); a shift of 0.35 em looks the same in all.
      .replaceAll('dominant-baseline="central"', 'dy="0.35em"')
      .replace('<svg ', `<svg role="img" aria-label="${escapeMarkup(title)}" `)
      .trim();
    return drawing.replace(/"(url\(#)?chart-c/g, `"$1c${hash(drawing)}-`).concat('\n');
  } finally {
    chart.dispose();
  }
};

/** FNV-1a, 32 bits (Fowler, Noll, Vo): short, and good enough to keep the charts of one page apart. */
const hash = (text: string): string => {
  let state = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    state = Math.imul(state ^ text.charCodeAt(index), 0x01000193);
  }
  return (state >>> 0).toString(16).padStart(8, '0');
};
