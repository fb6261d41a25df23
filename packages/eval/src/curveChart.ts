import type { CustomSeriesOption, LineSeriesOption } from 'echarts/charts';
import type { LearningCurve } from './curves.js';
import { ink, seriesStyle } from './palette.js';
import { arrange, type Frame, fontFamily, legendRowHeight, margin, numberAxis } from './panels.js';
import { type Reference, referenceSeries } from './references.js';
import { roundScale, siLabel } from './scale.js';
import { renderSvg } from './svg.js';

/** A curve with its band. Curves of one name have one style in all panels of a chart. */
export type NamedCurve = Omit<LearningCurve, 'seeds'> & { name: string };

/** One task. The title may be empty where there is a single panel. */
export type CurvePanel = {
  title: string;
  curves: readonly NamedCurve[];
  references?: readonly Reference[];
};

export type CurveChartOptions = Frame & {
  panels: readonly CurvePanel[];
  /** Name and unit of the axis. Default `environment steps`. */
  stepName?: string;
  /** Name and unit of the axis, such as `greedy return`. */
  valueName: string;
  /** `shared`: all panels have one value axis (default). `own`: tasks whose values differ in scale. */
  valueScale?: 'shared' | 'own';
  /** Height of a panel's plotting area in pixels. Default 280. */
  panelHeight?: number;
};

/**
 * Learning curves with bands, one panel a task, as the text of an SVG file. Equal input gives equal bytes.
 * It needs neither a browser nor a font file, and is transparent apart from the data: put it on white.
 */
export const curveChart = (options: CurveChartOptions): string => {
  const { panels, stepName = 'environment steps', valueName, valueScale = 'shared' } = options;
  for (const curve of panels.flatMap((panel) => panel.curves)) check(curve);
  const names = [...new Set(panels.flatMap((panel) => panel.curves.map((curve) => curve.name)))];
  const layout = arrange(
    options,
    {
      titles: panels.map((panel) => panel.title),
      height: options.panelHeight ?? 280,
      labelWidth: 62,
      repeatLabels: valueScale === 'own',
    },
    names,
  );
  const sharedScale = roundScale(panels.flatMap(panelValues));
  const labelled = (column: number): boolean => column === 0 || valueScale === 'own';
  const option = {
    title: layout.titles,
    legend: {
      data: names,
      left: margin,
      top: layout.header,
      padding: 0,
      itemWidth: 30,
      itemHeight: 9,
      itemGap: 18,
      height: legendRowHeight,
      textStyle: { color: ink.text, fontSize: 12.5, fontFamily },
    },
    grid: layout.areas.map(({ left, top, width, height }) => ({ left, top, width, height })),
    xAxis: panels.map((panel, index) => ({
      ...numberAxis,
      gridIndex: index,
      ...axisRange(roundScale([0, ...panel.curves.flatMap((curve) => curve.steps)])),
      axisLabel: { ...numberAxis.axisLabel, formatter: siLabel },
      splitLine: { show: false },
      name: stepName,
      nameGap: 28,
    })),
    yAxis: panels.map((panel, index) => ({
      ...numberAxis,
      gridIndex: index,
      ...axisRange(valueScale === 'own' ? roundScale(panelValues(panel)) : sharedScale),
      axisLine: { show: false },
      axisLabel: { ...numberAxis.axisLabel, show: labelled(layout.areas[index].column), formatter: siLabel },
      name: layout.areas[index].column === 0 ? valueName : '',
      nameGap: 46,
    })),
    series: panels.flatMap((panel, index) => [
      ...panel.curves.map((curve) => band(curve, names.indexOf(curve.name), index)),
      ...panel.curves.map((curve) => line(curve, names.indexOf(curve.name), names.length, index)),
      ...(panel.references?.length ? [referenceSeries(panel.references, index, 'yAxis')] : []),
    ]),
  };
  return renderSvg(option, options.title, layout.width, layout.height);
};

const axisRange = ({ minimum, maximum, interval }: ReturnType<typeof roundScale>) => ({
  min: minimum,
  max: maximum,
  interval,
});

const panelValues = (panel: CurvePanel): number[] => [
  ...panel.curves.flatMap((curve) => [...curve.low, ...curve.value, ...curve.high]),
  ...(panel.references ?? []).map((reference) => reference.value),
];

const line = (curve: NamedCurve, style: number, styles: number, panel: number): LineSeriesOption => {
  const { colour, dash, marker } = seriesStyle(style);
  // About eight markers a line, shifted from series to series so that lines on top of each other show both.
  const every = Math.max(1, Math.round(curve.steps.length / 8));
  const first = Math.floor((style * every) / styles);
  return {
    type: 'line',
    name: curve.name,
    xAxisIndex: panel,
    yAxisIndex: panel,
    data: curve.steps.map((step, index) => ({
      value: [step, curve.value[index]],
      ...(index % every !== first && { symbol: 'none' }),
    })),
    symbol: marker,
    symbolSize: 7,
    showAllSymbol: true,
    lineStyle: { color: colour, width: 2, type: dash },
    itemStyle: { color: colour, borderColor: colour, opacity: 1 },
    silent: true,
    z: 3,
  };
};

const band = (curve: NamedCurve, style: number, panel: number): CustomSeriesOption => ({
  type: 'custom',
  name: `${curve.name} interval`,
  xAxisIndex: panel,
  yAxisIndex: panel,
  data: [[0, 0]],
  clip: true,
  silent: true,
  z: 1,
  renderItem: (_, api) => ({
    type: 'polygon',
    shape: {
      points: [
        ...curve.steps.map((step, index) => api.coord([step, curve.high[index]])),
        ...curve.steps.map((step, index) => api.coord([step, curve.low[index]])).reverse(),
      ],
    },
    style: { fill: seriesStyle(style).colour, opacity: 0.16 },
  }),
});

const check = (curve: NamedCurve): void => {
  for (const part of ['value', 'low', 'high'] as const) {
    if (curve[part].length === curve.steps.length) continue;
    throw new RangeError(
      `@murmuration/eval: curveChart: curve '${curve.name}' has ${curve.steps.length} steps but ${curve[part].length} numbers in '${part}'; give one a step`,
    );
  }
};
