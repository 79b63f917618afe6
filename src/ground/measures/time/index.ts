/** Statistics of values over time: pure functions, each with the public source of its method, and threads to run many. */
export { type SeriesAnswer, type SeriesQuestion, type TooFew } from './analyse.ts'
export { analyseMany } from './analyse-many.ts'
export { fewestForForecast } from './forecast.ts'
export { trendOf } from './trend.ts'
