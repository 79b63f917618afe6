/** Indicators by minute, hour and day, derived from samples. */
export { anyOldMinutes, dropOldMinutes } from './old.ts'
export { hourOf, type HourSlots, Hours, keyOf, sumsOfHour } from './slots.ts'
export { type Piece, spread, spreadOver } from './spread.ts'
export { reachesOver, sliTable, touching } from './table.ts'
