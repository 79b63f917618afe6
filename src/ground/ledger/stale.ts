import { formatInstant, type Instant, type Ref } from '../core/index.ts'
import { instant, type Moments, sql, type Store } from '../store/index.ts'
import type { Evidence, EvidenceKind } from './kinds/index.ts'
import type { DerivedTable } from './ledger.ts'
import type { SampleChange } from './sample.ts'

/** Before any record: the first moment a record may carry. */
const EARLIEST = Date.parse('0001-01-01T00:00:00Z')

/** Tables that houses derive from records, and which subjects of theirs are behind. */
export class DerivedTables {
  readonly #tables = new Map<string, DerivedTable>()
  readonly #store: Store
  readonly #moments: Moments

  constructor(store: Store, moments: Moments) {
    this.#store = store
    this.#moments = moments
  }

  register(table: DerivedTable): void {
    if (this.#tables.has(table.name)) throw new Error(`The derived table ${table.name} is registered twice`)
    this.#tables.set(table.name, table)
  }

  /** Collects the marks of one transaction. */
  marks(): StaleMarks {
    return new StaleMarks([...this.#tables.values()])
  }

  /** Derives again what is behind, a subject a transaction; two callers at once share the work. */
  async refresh(name: string, subjects?: readonly Ref[]): Promise<void> {
    const table = this.#table(name)
    const only = subjects ? sql`and subject = any(${[...subjects]}::text[])` : sql``
    const behind = await this.#store.query<{ subject: Ref }>(
      sql`select subject from derived_stale where name = ${name} ${only} order by subject`,
    )
    for (const { subject } of behind) {
      if (await this.#inTwoSteps(table, subject)) continue
      while (await this.#store.transaction(() => this.#slice(table, subject)));
    }
  }

  /** Marks subjects of a table behind from a moment on. */
  reopen(name: string, subjects: readonly { subject: Ref; since: Instant }[]): Promise<void> {
    const { name: known } = this.#table(name)
    return keepMarks(
      this.#store,
      subjects.map((one) => ({ name: known, ...one })),
    )
  }

  async anyBehind(): Promise<boolean> {
    const names = [...this.#tables.keys()]
    const [row] = await this.#store.query<{ behind: boolean }>(
      sql`select exists (select 1 from derived_stale where name = any(${names}::text[])) as behind`,
    )
    return row!.behind
  }

  /** Brings a subject up to date without holding the only connection while it is read; false where that has to be. */
  async #inTwoSteps(table: DerivedTable, subject: Ref): Promise<boolean> {
    if (!table.workOut || this.#store.mode === 'server') return false
    const mark = sql`name = ${table.name} and subject = ${subject}`
    const [before] = await this.#store.query<{ since: Instant }>(sql`select since from derived_stale where ${mark}`)
    if (!before) return true // somebody else was faster
    const write = await table.workOut(subject, before.since)
    if (!write) return false
    return this.#store.transaction(async () => {
      const [now] = await this.#store.query<{ since: Instant }>(sql`select since from derived_stale where ${mark}`)
      if (!now) return true
      if (now.since !== before.since || !(await write())) return false
      await this.#store.query(sql`delete from derived_stale where ${mark}`)
      return true
    })
  }

  /** Takes one slice of what is behind; true when the table says that more is left. */
  async #slice(table: DerivedTable, subject: Ref): Promise<boolean> {
    if (table.learns) await this.#moments.learn() // before the mark, as those who append do
    const [mark] = await this.#store.query<{ since: Instant }>(
      sql`delete from derived_stale where name = ${table.name} and subject = ${subject} returning since`,
    )
    const rest = mark ? await table.refresh(subject, mark.since) : undefined
    if (typeof rest !== 'number') return false
    await this.#store.query(sql`insert into derived_stale (name, subject, since) values (${table.name}, ${subject}, ${instant(rest)})`)
    return true
  }

  /** Empties a table and derives all of it again; cut short, the next refresh goes on. */
  async rebuild(name: string): Promise<void> {
    const table = this.#table(name)
    await this.#store.transaction(async () => {
      if (table.learns) await this.#moments.learn()
      await table.clear()
      await this.#store.query(sql`
        insert into derived_stale (name, subject, since)
        select ${name}, subject, ${instant(EARLIEST)} from evidence_subject where kind = any(${[...table.kinds]}::text[]) group by subject order by subject
        on conflict (name, subject) do update set since = excluded.since`)
    })
    await this.refresh(name)
  }

  /** Marks a subject in every table that looks at one of these kinds, in the open transaction. */
  async markAll(subject: Ref, kinds: readonly EvidenceKind[]): Promise<void> {
    const marks = new StaleMarks([...this.#tables.values()].filter((table) => table.kinds.some((kind) => kinds.includes(kind))))
    marks.all(subject)
    await marks.keep(this.#store)
  }

  #table(name: string): DerivedTable {
    const table = this.#tables.get(name)
    if (!table) throw new Error(`No derived table is called ${name}`)
    return table
  }
}

/** From when on a subject of a derived table is behind. */
interface Mark {
  name: string
  subject: Ref
  since: Instant
}

/** Keeps the earlier of two marks; in one order, so that two writers cannot block each other. */
async function keepMarks(store: Store, marks: readonly Mark[]): Promise<void> {
  if (marks.length === 0) return
  const rows = marks.map((mark) => ({ ...mark, since: formatInstant(Math.max(mark.since, EARLIEST)) }))
  await store.query(sql`
    insert into derived_stale as d (name, subject, since)
    select r.name, r.subject, r.since from json_to_recordset(${JSON.stringify(rows)}::json) as r(name text, subject text, since timestamptz)
    order by r.name, r.subject
    on conflict (name, subject) do update set since = excluded.since where excluded.since < d.since`)
}

/** From when on each subject of each derived table is behind, after a batch of records. */
export class StaleMarks {
  readonly #tables: readonly DerivedTable[]
  readonly #since = new Map<string, Mark>()
  readonly #samples: SampleChange[] = []

  constructor(tables: readonly DerivedTable[]) {
    this.#tables = tables
  }

  /** True when some derived table looks at this kind. */
  watches(kind: EvidenceKind): boolean {
    return this.#tables.some((table) => isMarkedBy(table, kind))
  }

  /** Notes samples that came, changed or went, for the tables that take them as they come. */
  samples(changes: readonly SampleChange[]): void {
    for (const change of changes) this.#samples.push(change)
  }

  /** Notes a record that came, changed (before and after) or went. */
  note(record: Evidence): void {
    for (const table of this.#tables) {
      if (!isMarkedBy(table, record.kind)) continue
      const since = table.since(record)
      if (since !== null) this.#mark(table.name, record.subject, since)
    }
  }

  /** Notes that nothing of a subject is as it was. */
  all(subject: Ref): void {
    for (const { name } of this.#tables) this.#mark(name, subject, EARLIEST)
  }

  /** Writes the marks and hands on the samples, in the open transaction. */
  async keep(store: Store): Promise<void> {
    if (this.#samples.length) for (const table of this.#tables) await table.take?.(this.#samples)
    await keepMarks(store, [...this.#since.values()])
  }

  #mark(name: string, subject: Ref, since: Instant): void {
    const key = `${name}\n${subject}`
    const mark = this.#since.get(key)
    if (!mark) this.#since.set(key, { name, subject, since })
    else if (since < mark.since) mark.since = since
  }
}

/** Whether the arrival of this kind marks a subject of the table behind. */
function isMarkedBy({ kinds, take }: DerivedTable, kind: EvidenceKind): boolean {
  return kinds.includes(kind) && !(kind === 'sli' && take)
}
