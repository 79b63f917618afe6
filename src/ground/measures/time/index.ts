/** Statistics of values over time: pure functions, each with the public source of its method. */
export { analyse, type SeriesAnswer, type SeriesQuestion, type TooFew } from './analyse.ts'
export type { Change } from './changes.ts'
export type { BackTest, Forecast } from './forecast.ts'
export type { Grid } from './grid.ts'
