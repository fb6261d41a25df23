import type { CustomSeriesOption } from 'echarts/charts';
import type { Interval } from './bootstrap.js';
import { decimalPlaces, formatValue } from './format.js';
import { ink, seriesStyle } from './palette.js';
import { arrange, type Frame, fontFamily, numberAxis } from './panels.js';
import { type Reference, referenceSeries } from './references.js';
import { roundScale, siLabel } from './scale.js';
import { renderSvg } from './svg.js';

/** One row: a method and its score. */
export type NamedInterval = Interval & { name: string };

export type IntervalPanel = {
  title: string;
  intervals: readonly NamedInterval[];
  references?: readonly Reference[];
};

export type IntervalChartOptions = Frame & {
  panels: readonly IntervalPanel[];
  /** Name and unit of the axis, such as `final greedy return`. */
  valueName: string;
  /** `shared`: all panels have one value axis (default). `own`: tasks whose values differ in scale. */
  valueScale?: 'shared' | 'own';
};

/**
 * Score and interval by method, one panel a task, as the text of an SVG file; methods stand in the order in
 * which they first appear, each in the colour that {@link curveChart} gives it in the same order.
 */
export const intervalChart = (options: IntervalChartOptions): string => {
  const { panels, valueName, valueScale = 'shared' } = options;
  const names = [...new Set(panels.flatMap((panel) => panel.intervals.map((interval) => interval.name)))];
  const layout = arrange(
    options,
    {
      titles: panels.map((panel) => panel.title),
      height: 24 + 34 * names.length,
      labelWidth: 20 + 7.2 * Math.max(0, ...names.map((name) => name.length)),
      repeatLabels: false,
    },
    [],
  );
  const values = (panel: IntervalPanel): number[] => [
    0,
    ...panel.intervals.flatMap(({ low, value, high }) => [low, value, high]),
    ...(panel.references ?? []).map((reference) => reference.value),
  ];
  const shared = panels.flatMap(values);
  const option = {
    title: layout.titles,
    grid: layout.areas.map(({ left, top, width, height }) => ({ left, top, width, height })),
    xAxis: panels.map((panel, index) => {
      const { minimum, maximum, interval } = roundScale(valueScale === 'own' ? values(panel) : shared);
      return {
        ...numberAxis,
        gridIndex: index,
        min: minimum,
        max: maximum,
        interval,
        axisLabel: { ...numberAxis.axisLabel, formatter: siLabel },
        name: valueName,
        nameGap: 28,
      };
    }),
    yAxis: panels.map((_, index) => ({
      type: 'category' as const,
      gridIndex: index,
      inverse: true,
      data: names,
      axisLine: { show: false },
      axisTick: { show: false },
      axisLabel: {
        show: layout.areas[index].column === 0,
        interval: 0,
        color: ink.text,
        fontSize: 12.5,
        fontFamily,
      },
    })),
    series: panels.flatMap((panel, index) => [
      rows(panel, names, index, decimalPlaces(valueScale === 'own' ? values(panel) : shared)),
      ...(panel.references?.length ? [referenceSeries(panel.references, index, 'xAxis')] : []),
    ]),
  };
  return renderSvg(option, options.title, layout.width, layout.height);
};

const rows = (
  panel: IntervalPanel,
  names: readonly string[],
  index: number,
  places: number,
): CustomSeriesOption => ({
  type: 'custom',
  xAxisIndex: index,
  yAxisIndex: index,
  data: panel.intervals.map((interval) => [interval.value, names.indexOf(interval.name)]),
  silent: true,
  z: 3,
  renderItem: (parameters, api) => {
    const { name, low, value, high } = panel.intervals[parameters.dataIndex];
    const row = names.indexOf(name);
    const { colour } = seriesStyle(row);
    const [left, y] = api.coord([low, row]);
    const [x] = api.coord([value, row]);
    const [right] = api.coord([high, row]);
    const bar = (x1: number, y1: number, x2: number, y2: number) => ({
      type: 'line' as const,
      shape: { x1, y1, x2, y2 },
      style: { stroke: colour, lineWidth: 2 },
    });
    return {
      type: 'group',
      children: [
        bar(left, y, right, y),
        bar(left, y - 4, left, y + 4),
        bar(right, y - 4, right, y + 4),
        { type: 'circle', shape: { cx: x, cy: y, r: 5.5 }, style: { fill: colour } },
        {
          type: 'text',
          x,
          y: y - 8,
          style: {
            text: formatValue(value, places).replace('-', '−'),
            fill: ink.quiet,
            font: `11px ${fontFamily}`,
            align: 'center',
            verticalAlign: 'bottom',
            stroke: ink.ground,
            lineWidth: 3,
          },
        },
      ],
    };
  },
});
