import { ink } from './palette.js';
import type { ChartOption } from './svg.js';

/** What every chart has around its panels. */
export type Frame = {
  title: string;
  /** A line under the title: what the lines and bands are, number of seeds. */
  subtitle?: string;
  /** Width of the whole drawing in pixels. Default 720, with several columns 1080. */
  width?: number;
  /** Panels beside each other. Default at most 3. */
  columns?: number;
};

/** Where a panel's plotting area lies, in pixels. */
export type Area = { left: number; top: number; width: number; height: number; column: number; row: number };

/** Places panels of equal size in rows under the title, with room for axis labels and names. */
export const arrange = (
  { title, subtitle, width, columns }: Frame,
  panels: { titles: readonly string[]; height: number; labelWidth: number; repeatLabels: boolean },
  legend: readonly string[],
) => {
  const across = Math.max(1, Math.min(columns ?? 3, panels.titles.length));
  const total = width ?? (across > 1 ? 1080 : 720);
  const header = 16 + 22 + (subtitle ? 20 : 0);
  const legendRows = countLegendRows(legend, total - 2 * margin);
  const top = header + legendRows * legendRowHeight + 18;
  const gap = panels.repeatLabels ? panels.labelWidth + 22 : 36;
  // The last axis label is centred on the end of its axis and needs half its width beyond it.
  const areaWidth = (total - 2 * margin - 10 - panels.labelWidth - (across - 1) * gap) / across;
  const titled = panels.titles.some((text) => text !== '');
  const rowHeight = (titled ? 26 : 0) + panels.height + 54;
  const rows = Math.ceil(panels.titles.length / across);
  const areas = panels.titles.map((_, index): Area => {
    const [column, row] = [index % across, Math.floor(index / across)];
    return {
      left: Math.round(margin + panels.labelWidth + column * (areaWidth + gap)),
      top: top + row * rowHeight + (titled ? 26 : 0),
      width: Math.round(areaWidth),
      height: panels.height,
      column,
      row,
    };
  });
  return { width: total, height: top + rows * rowHeight + 8, header, areas, titles: titleOptions() };

  function titleOptions(): NonNullable<ChartOption['title']> {
    const heading = {
      text: title,
      ...(subtitle && { subtext: subtitle }),
      left: margin,
      top: 14,
      padding: 0,
      itemGap: 7,
      textStyle: { fontSize: 16, fontWeight: 600 as const, color: ink.text, fontFamily },
      subtextStyle: { fontSize: 12.5, color: ink.quiet, fontFamily },
    };
    const captions = areas.map((area, index) => ({
      text: panels.titles[index],
      left: area.left,
      top: area.top - 25,
      padding: 0,
      textStyle: { fontSize: 13, fontWeight: 600 as const, color: ink.text, fontFamily },
    }));
    return [heading, ...captions];
  }
};

export const fontFamily = 'system-ui, Helvetica, Arial, sans-serif';
export const margin = 10;
export const legendRowHeight = 22;

/** An axis of numbers, quiet. */
export const numberAxis = {
  type: 'value' as const,
  axisLine: { show: true, onZero: false, lineStyle: { color: ink.quiet, width: 1 } },
  axisTick: { show: false },
  axisLabel: { color: ink.quiet, fontSize: 11.5, fontFamily },
  splitLine: { lineStyle: { color: ink.grid, width: 1 } },
  nameTextStyle: { color: ink.quiet, fontSize: 12, fontFamily },
  nameLocation: 'middle' as const,
};

// echarts wraps the legend itself but tells nobody how high it became; 7 px is a generous average glyph at 12.5 px.
const countLegendRows = (names: readonly string[], width: number): number => {
  let rows = names.length > 0 ? 1 : 0;
  let used = 0;
  for (const name of names) {
    const needed = 34 + 7 * name.length + 18;
    if (used > 0 && used + needed > width) {
      rows++;
      used = 0;
    }
    used += needed;
  }
  return rows;
};
