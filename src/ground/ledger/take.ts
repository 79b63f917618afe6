import type { Ref } from '../core/index.ts'
import { COLUMNS, type RecordKind } from './columns.ts'
import { type Content, contentHash } from './hash.ts'
import type { Basis, Evidence, EvidenceKind } from './kinds/index.ts'
import { type Pseudonym, withoutPeople } from './people.ts'

/** Name of a record within its kind. */
export interface Identity {
  subject: Ref
  source: string
  id: string
}

/** A record as the ledger takes it: without people's names, with its content and the name of that. */
export interface Taken extends Identity {
  kind: EvidenceKind
  content: Content
  hash: string
}

/** Samples are named by what is left of them without their place, and only where that is needed (`sli.ts`). */
const UNNAMED = ''

const IDENTITY = new Set(['kind', 'source', 'id', 'subject'])

export function take(record: Evidence, basis: Basis, pseudonym: Pseudonym): Taken {
  const content: Record<string, unknown> = { basis }
  const bot = 'bot' in record && record.bot === true
  for (const [field, value] of Object.entries(record)) {
    if (value === undefined || IDENTITY.has(field)) continue
    content[field] = withoutPeople(field, value, bot, pseudonym)
  }
  const { kind, subject, source, id } = record
  return { kind, subject, source, id, content, hash: kind === 'sli' ? UNNAMED : contentHash(content) }
}

/** One text for the name of a record, as a key of maps. */
export function keyOf({ subject, source, id }: Identity): string {
  return `${subject}\n${source}\n${id}`
}

/** A record back in its wire form, as derived tables want to see it. */
export function recordOf(kind: EvidenceKind, { subject, source, id }: Identity, content: Content): Evidence {
  return { ...content, kind, subject, source, id } as unknown as Evidence // content came from a parsed record of this kind
}

const BASES = ['inferred', 'observed', 'explicit'] as const satisfies readonly Basis[]

export function basisOf(rank: number): Basis {
  return BASES[rank] ?? 'explicit'
}

const COLUMN_OF: Record<RecordKind, ReadonlyMap<string, string>> = mapKinds(
  (kind) => new Map(COLUMNS[kind].map(({ field, column }) => [field, column])),
)

/** A state as a row of its table: known fields in their columns, the rest in `extra`. */
export function rowOf(kind: RecordKind, identity: Identity, state: Content): Record<string, unknown> {
  const { subject, source, id } = identity
  const row: Record<string, unknown> = { subject, source, id }
  let extra: Record<string, unknown> | undefined
  const columns = COLUMN_OF[kind]
  for (const [field, value] of Object.entries(state)) {
    const column = columns.get(field)
    if (column) row[column] = value
    else if (field === 'at') row.at = value
    else if (field === 'basis') row.basis = BASES.indexOf(value as Basis) // written by `take`
    else (extra ??= {})[field] = value
  }
  if (extra) row.extra = extra
  return row
}

function mapKinds<T>(make: (kind: RecordKind) => T): Record<RecordKind, T> {
  return {
    commit: make('commit'),
    change: make('change'),
    deployment: make('deployment'),
    incident: make('incident'),
    work_item: make('work_item'),
    measurement: make('measurement'),
    cost: make('cost'),
    product_event: make('product_event'),
    event: make('event'),
  }
}
