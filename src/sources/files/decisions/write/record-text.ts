/** A record as it lies in its log. */
export interface RecordText {
  /** Below the folder of the log, with slashes. */
  path: string
  text: string
}

/** How a record names another one: in a section of prose, or in a field. */
export interface RecordLink {
  /** `[2. Sort by street](0002-sort-by-street.md)` */
  section: string
  /** `[ADR-0002](0002-sort-by-street.md)` */
  field: string
  file: string
}
