export {
  interquartileMeanOverTasks,
  meanOverTasks,
  medianOverTasks,
  optimalityGap,
  performanceProfile,
  probabilityOfImprovement,
  type Scores,
} from './aggregates.js';
export {
  type BootstrapOptions,
  bootstrapInterval,
  bootstrapIntervals,
  type Interval,
  improvementInterval,
  type RandomSource,
} from './bootstrap.js';
export { type CurveChartOptions, type CurvePanel, curveChart, type NamedCurve } from './curveChart.js';
export {
  type AlignedCurve,
  align,
  areaUnderCurve,
  type Curve,
  type CurveRun,
  type LearningCurve,
  type LearningCurveOptions,
  learningCurve,
  learningCurveOverTasks,
  type Point,
  stepReached,
} from './curves.js';
export {
  type IntervalChartOptions,
  type IntervalPanel,
  intervalChart,
  type NamedInterval,
} from './intervalChart.js';
export { escapeMarkup } from './markup.js';
export { type EvaluatedRun, type MetricValues, readMarlEval } from './marlEval.js';
export { MarlEvalError } from './marlEvalError.js';
export { normalise, observedRange, type ScoreRange } from './normalise.js';
export { type Block, type PageOptions, page, type Section } from './page.js';
export type { Frame } from './panels.js';
export type { Reference } from './references.js';
export { type ResultRow, type SeedScores, summarise } from './result.js';
export { interquartileMean, mean, median, quantile, standardDeviation } from './statistics.js';
export { stylesheet } from './stylesheet.js';
export { markdownTable, resultTable, type Table, textTable } from './table.js';
export { writeMarlEval } from './writeMarlEval.js';
