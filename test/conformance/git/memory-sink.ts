import { declarations } from '../../../src/sources/files/index.ts'
import { scanRepository, type ScanOptions, type ScanReport, type ScanSink } from '../../../src/sources/git/index.ts'
import type { EntityDraft } from '../../../src/ground/catalog/index.ts'
import { type Evidence, type EvidenceKind, type EvidenceOf, parseEvidence } from '../../../src/ground/ledger/index.ts'

/** The present moment of the scripted histories. */
export const NOW = Date.parse('2026-06-01T12:00:00Z')

/**
 * A sink that keeps records as a ledger would: by identity, later revisions over earlier ones, what was taken back out
 * of sight. Every record has to pass the wire schema.
 */
export class MemorySink implements ScanSink {
  cursor: unknown = null
  readonly #records = new Map<string, Evidence>()
  readonly #takenBack = new Set<string>()
  /** How many records each call of `append` brought. */
  readonly appended: number[] = []
  drafts: EntityDraft[] = []
  folder = ''
  /** Set to make the nth batch from now fail. */
  failAfter = Number.POSITIVE_INFINITY

  append = async (records: Evidence[]): Promise<void> => {
    if (this.failAfter-- <= 0) throw new Error('the store went away')
    this.appended.push(records.length)
    for (const record of records) {
      const read = parseEvidence(JSON.parse(JSON.stringify(record)))
      if (!read.ok) throw new Error(`${read.problems[0]!.message} in ${JSON.stringify(record).slice(0, 300)}`)
      const key = `${record.subject} ${record.kind} ${record.id}`
      const earlier = this.#records.get(key)
      const merged: Record<string, unknown> =
        earlier && String(earlier.at) > String(record.at) ? { ...record, ...earlier } : { ...earlier, ...record }
      for (const field of record.none ?? []) delete merged[field]
      delete merged.none
      this.#records.set(key, merged as Evidence) // fields of records that both passed the schema
    }
  }

  retract: ScanSink['retract'] = async (which, { undo }) => {
    for (const { subject, kind, id } of which) {
      if (undo) this.#takenBack.delete(`${subject} ${kind} ${id}`)
      else this.#takenBack.add(`${subject} ${kind} ${id}`)
    }
  }

  entities = async (folder: string, drafts: EntityDraft[]): Promise<void> => {
    this.folder = folder
    this.drafts = drafts
  }

  saveCursor = async (cursor: Record<string, unknown>): Promise<void> => {
    this.cursor = JSON.parse(JSON.stringify(cursor))
  }

  /** Records of a kind that stand, in the order they were first written. */
  of<K extends EvidenceKind>(kind: K): EvidenceOf<K>[] {
    return [...this.#records]
      .filter(([key, record]) => record.kind === kind && !this.#takenBack.has(key))
      .map(([, record]) => record as EvidenceOf<K>)
  }

  one<K extends EvidenceKind>(kind: K, id: string, subject?: string): EvidenceOf<K> {
    const found = this.of(kind).filter((record) => record.id === id && (subject === undefined || record.subject === subject))
    if (found.length !== 1)
      throw new Error(
        `${found.length} records are ${kind} ${id}; there are ${this.of(kind)
          .map((record) => record.id)
          .join(', ')}`,
      )
    return found[0]!
  }

  /** All that stands, without what only tells when it was learned, in an order of its own. */
  state(): unknown[] {
    return [...this.#records]
      .filter(([key]) => !this.#takenBack.has(key))
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([, { at: _, ...record }]) => record)
  }
}

/** Scans into a sink, a new one when none is given. */
export async function scan(
  path: string,
  sink = new MemorySink(),
  options: Partial<ScanOptions> = {},
): Promise<{ report: ScanReport; sink: MemorySink }> {
  return { report: await scanRepository(path, { sink, declarations, now: NOW, ...options }), sink }
}
