/** Tables of things to compare. */
export { type Column, DataTable, type DataTableProps } from './data-table.tsx'
export { FilterField } from './filter-field.tsx'
export { found, type SortValue, type TableView } from './order.ts'
