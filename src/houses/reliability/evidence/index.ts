/** Indicators by minute, hour and day, derived from samples. */
export { hourOf, type HourSlots, Hours, keyOf, sumsOfHour } from './slots.ts'
export { type Piece, spread } from './spread.ts'
export { reachesOver, sliTable } from './table.ts'
