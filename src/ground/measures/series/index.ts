/** Measures over time: their values, what statistics find in them, and what else happened. */
export { measuredSeries, type MeasuredSeries, type SeriesAsk } from './measured.ts'
