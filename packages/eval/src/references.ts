import type { LineSeriesOption } from 'echarts/charts';
import { ink } from './palette.js';
import { fontFamily } from './panels.js';

/** A line to compare with, such as `{ value: 186, label: 'paper: 186' }`. */
export type Reference = { value: number; label: string };

/** Reference lines of one panel, across its value axis: an empty series that only carries them. */
export const referenceSeries = (
  references: readonly Reference[],
  panel: number,
  valueAxis: 'xAxis' | 'yAxis',
): LineSeriesOption => ({
  type: 'line',
  xAxisIndex: panel,
  yAxisIndex: panel,
  data: [],
  markLine: {
    silent: true,
    symbol: 'none',
    z: valueAxis === 'yAxis' ? 5 : 2,
    lineStyle: { color: ink.quiet, width: 1.2, type: [4, 4] },
    label: {
      position: valueAxis === 'yAxis' ? 'insideEndTop' : 'start',
      color: ink.quiet,
      fontSize: 11.5,
      fontFamily,
      textBorderColor: ink.ground,
      textBorderWidth: 3,
    },
    data: references.map(({ value, label }) => ({ [valueAxis]: value, label: { formatter: () => label } })),
  },
});
