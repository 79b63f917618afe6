import { sql, type Statement } from '../store/index.ts'
import type { Entity, EntityOrigin } from './catalog.ts'
import type { EntityDoc } from './document.ts'

/** A row of `entity`, or of `entity_version` read as one. */
export interface EntityRow {
  ref: string
  doc: EntityDoc
  origin: EntityOrigin
  folder: string | null
  file: string | null
  line: number | null
  version: number
  updated_at: number
  updated_by: string
}

export function entityOf(row: EntityRow): Entity {
  const { apiVersion, kind, metadata, spec } = row.doc
  return {
    ref: row.ref,
    apiVersion,
    kind,
    metadata,
    spec,
    origin: row.origin,
    folder: row.folder ?? undefined,
    file: row.file ?? undefined,
    line: row.line ?? undefined,
    version: row.version,
    updatedAt: row.updated_at,
    updatedBy: row.updated_by,
  }
}

export const entityColumns = sql`ref, doc, origin, folder, file, line, version, updated_at, updated_by`

/** A list as one JSON text, to be joined as a table `(value text)`. */
export function textList(values: readonly string[]): Statement<{ value: string }> {
  return sql`json_array_elements_text(${JSON.stringify(values)}::text::json)`
}

/** What people call it: `title`, or `displayName` in documents of OpenSLO. */
export function titleIn(doc: Statement): Statement {
  return sql`coalesce(${doc} #>> '{metadata,title}', ${doc} #>> '{metadata,displayName}')`
}

/** The words a document is found by: its name, title and tags before its description and statement, those before all that a decision record says. */
export function wordsOf(doc: Statement): Statement {
  const plain = (text: Statement) => sql`translate(left(${text}, 20000), '-_./:', '     ')`
  const names = sql`concat_ws(' ', ${doc} #>> '{metadata,name}', ${titleIn(doc)}, ${doc} #>> '{metadata,tags}', ${doc} ->> 'kind')`
  const more = sql`concat_ws(' ', ${doc} #>> '{metadata,description}', ${doc} #>> '{spec,description}', ${doc} #>> '{spec,statement}', ${doc} #>> '{spec,context}')`
  const record = sql`concat_ws(' ', ${doc} #>> '{spec,outcome}', ${doc} #>> '{spec,consequences}', ${doc} #>> '{spec,options}', ${doc} #>> '{spec,body}')`
  return sql`setweight(to_tsvector('simple', ${plain(names)}), 'A') || setweight(to_tsvector('simple', ${plain(more)}), 'B') || setweight(to_tsvector('simple', ${plain(record)}), 'C')`
}

/** Text as a search that finds beginnings of words; null when there is no word in it. */
export function searchOf(text: string): string | null {
  const words =
    text
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu)
      ?.slice(0, 20) ?? []
  return words.length === 0 ? null : words.map((word) => `'${word}':*`).join(' & ')
}

/** One writer of entities at a time, so that versions are told apart; held to the end of the transaction. */
export const oneWriter = sql`select pg_advisory_xact_lock(7264, 1)`
