/** Tables derived from records of delivery: kept fresh, rebuilt at will, or derived in memory as of a moment. */
export { CHANGE_COLUMNS, type Columns, DEPLOYMENT_COLUMNS, rowsAsJson } from './columns.ts'
export { allFacts } from './facts.ts'
export { rowsOf, scopeKey } from './rows.ts'
export { definitionOf, inputsOf, type Scope, scopesOf } from './scope.ts'
export { bringUpToDate, DELIVERY, deliveryTable } from './table.ts'
