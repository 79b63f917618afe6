/** Charts, each with its table twin. */
export { type Bin, binsOf, rangeWords } from './bins.ts'
export { ChartFrame } from './chart-frame.tsx'
export { Distribution, type DistributionProps } from './distribution.tsx'
export { Sparkline } from './sparkline.tsx'
export { type Part, StackedBar } from './stacked-bar.tsx'
export type { EventMark, Outlook, TimePoint, TimeSeriesProps } from './series.ts'
export { TimeSeries } from './time-series.tsx'
export type { Twin } from './twin.ts'
