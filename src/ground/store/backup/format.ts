import * as z from 'zod'

/**
 * The format of a backup: a gzip'd text file that restores into either kind of store.
 *
 * ```
 * {"format":"throughline-backup","version":1,"createdAt":…,"migrations":[{"name","hash"}…]}
 * {"table":"audit","columns":["id",…]}
 * …rows in PostgreSQL's COPY text format, one a line…
 * \.
 * …more tables, each after those it refers to…
 * {"sequences":[{"name":"audit_id_seq","last":"17"}…]}
 * {"end":true,"rows":{"audit":17,…},"sha256":"…of every byte above this line"}
 * ```
 */
export const FORMAT = 'throughline-backup'
export const FORMAT_VERSION = 1
/** What ends the rows of a table; in COPY text no row looks like it. */
export const END_OF_ROWS = Buffer.from('\\.\n')

export const BackupHeader = z.object({
  format: z.literal(FORMAT),
  version: z.number().int(),
  createdAt: z.string(),
  /** The schema the rows fit: what had been migrated when they were read. */
  migrations: z.array(z.object({ name: z.string(), hash: z.string() })),
})
export type BackupHeader = z.infer<typeof BackupHeader>

export const TableHeading = z.object({ table: z.string(), columns: z.array(z.string()).min(1) })
export type TableHeading = z.infer<typeof TableHeading>

/** Where identity columns go on counting; `last` as text, for it has 64 bits. */
export const Sequences = z.object({ sequences: z.array(z.object({ name: z.string(), last: z.string() })) })
export type Sequences = z.infer<typeof Sequences>

export const Ending = z.object({ end: z.literal(true), rows: z.record(z.string(), z.number().int()), sha256: z.string() })
export type Ending = z.infer<typeof Ending>

/** One line of the file that is not a row. */
export function line(value: BackupHeader | TableHeading | Sequences | Ending): Buffer {
  return Buffer.from(`${JSON.stringify(value)}\n`)
}

export const NEWLINE = 10

/** Rows in a piece of COPY text. */
export function countLines(text: Uint8Array): number {
  let count = 0
  for (let at = text.indexOf(NEWLINE); at !== -1; at = text.indexOf(NEWLINE, at + 1)) count += 1
  return count
}
