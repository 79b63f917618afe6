import type { EvidenceKind } from './kinds/index.ts'

/** Kinds that have a table of one row a revision; `sli` is kept by the hour. */
export type RecordKind = Exclude<EvidenceKind, 'sli'>

export type ColumnType = 'text' | 'timestamptz' | 'double precision' | 'integer' | 'bigint' | 'boolean' | 'jsonb' | 'numeric'

/** Where one field of a record is kept. */
export interface Column {
  field: string
  column: string
  type: ColumnType
}

const FIELDS: Record<RecordKind, Record<string, ColumnType>> = {
  commit: {
    sha: 'text',
    author: 'text',
    coAuthors: 'jsonb',
    authoredAt: 'timestamptz',
    committedAt: 'timestamptz',
    parents: 'jsonb',
    message: 'text',
    trailers: 'jsonb',
    additions: 'integer',
    deletions: 'integer',
    files: 'jsonb',
    reverts: 'text',
    bot: 'boolean',
  },
  change: {
    number: 'bigint',
    title: 'text',
    body: 'text',
    url: 'text',
    author: 'text',
    bot: 'boolean',
    branch: 'text',
    openedAt: 'timestamptz',
    firstReviewAt: 'timestamptz',
    approvedAt: 'timestamptz',
    mergedAt: 'timestamptz',
    closedAt: 'timestamptz',
    mergeCommit: 'text',
    commits: 'jsonb',
    additions: 'integer',
    deletions: 'integer',
    reverts: 'text',
    labels: 'jsonb',
    refs: 'jsonb',
  },
  deployment: {
    environment: 'text',
    commit: 'text',
    commits: 'jsonb',
    startedAt: 'timestamptz',
    finishedAt: 'timestamptz',
    outcome: 'text',
    planned: 'boolean',
    fixes: 'text',
    rollbackOf: 'text',
    artifact: 'text',
    confidence: 'double precision',
    url: 'text',
  },
  incident: {
    title: 'text',
    severity: 'text',
    openedAt: 'timestamptz',
    acknowledgedAt: 'timestamptz',
    mitigatedAt: 'timestamptz',
    resolvedAt: 'timestamptz',
    causedBy: 'text',
    aliases: 'jsonb',
    url: 'text',
  },
  work_item: {
    title: 'text',
    type: 'text',
    state: 'text',
    createdAt: 'timestamptz',
    startedAt: 'timestamptz',
    doneAt: 'timestamptz',
    parent: 'text',
    labels: 'jsonb',
    points: 'double precision',
    url: 'text',
    refs: 'jsonb',
    aliases: 'jsonb',
  },
  measurement: { measure: 'text', value: 'double precision', dimensions: 'jsonb' },
  cost: {
    from: 'timestamptz',
    until: 'timestamptz',
    bill: 'text',
    currency: 'text',
    billed: 'numeric',
    effective: 'numeric',
    lines: 'bigint',
    service: 'text',
    category: 'text',
    resource: 'text',
    customer: 'text',
    tags: 'jsonb',
  },
  product_event: { name: 'text', actor: 'text', revenue: 'jsonb' },
  event: { type: 'text', data: 'jsonb' },
}

/** The columns of a kind's own fields; `at`, `basis` and the identity come with every kind. */
export const COLUMNS: Readonly<Record<RecordKind, readonly Column[]>> = {
  commit: columnsOf('commit'),
  change: columnsOf('change'),
  deployment: columnsOf('deployment'),
  incident: columnsOf('incident'),
  work_item: columnsOf('work_item'),
  measurement: columnsOf('measurement'),
  cost: columnsOf('cost'),
  product_event: columnsOf('product_event'),
  event: columnsOf('event'),
}

export const RECORD_KINDS = [
  'commit',
  'change',
  'deployment',
  'incident',
  'work_item',
  'measurement',
  'cost',
  'product_event',
  'event',
] as const satisfies readonly RecordKind[]

/** Name of the table a kind is kept in. */
export function tableOf(kind: EvidenceKind): string {
  return `evidence_${kind}`
}

function columnsOf(kind: RecordKind): Column[] {
  return Object.entries(FIELDS[kind]).map(([field, type]) => ({
    field,
    column: field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    type,
  }))
}
