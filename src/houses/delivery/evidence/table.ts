import { DAY, HOUR, type Instant, type Ref } from '../../../ground/core/index.ts'
import type { DerivedTable, Evidence } from '../../../ground/ledger/index.ts'
import { sql, type Store } from '../../../ground/store/index.ts'
import { type Base, deriveAnew, KINDS, takeIn, takenIn, wordOf } from './refresh.ts'
import { definitionOf, inputsOf, type Scope } from './scope.ts'

/** Name of the derived table, as the ledger knows it. */
export const DELIVERY = 'delivery'

/** How far clocks of commits and of what ships them may disagree before more has to be derived again. */
const SKEW = DAY

/** The tables of this house, as the ledger keeps them fresh. */
export function deliveryTable(base: Base): DerivedTable {
  const { store } = base
  return {
    name: DELIVERY,
    kinds: KINDS,
    since,
    async refresh(subject, from) {
      for (const scope of await scopesReading(store, subject)) {
        if (from <= BEGINNING) await deriveAnew(base, scope)
        else await takeIn(base, scope, subject, from)
      }
    },
    async workOut(subject, from) {
      if (from <= BEGINNING) return null
      const before = await wordOf(base, subject)
      const writes: (() => Promise<void>)[] = []
      for (const scope of await scopesReading(store, subject)) {
        const write = await takenIn(base, scope, subject, from)
        if (write === 'too many') return null
        writes.push(write)
      }
      return async () => {
        if ((await wordOf(base, subject)) !== before) return false
        for (const write of writes) await write()
        return true
      }
    },
    async clear() {
      for (const table of ['delivery_commit', 'delivery_change', 'delivery_deployment'])
        await store.query(sql`delete from ${sql.table(table)}`)
    },
  }
}

/**
 * Statistics of the columns that rows are looked up by: without, the planner takes tables just filled for empty. A tenth
 * of the usual sample tells as much of keys and times (measured: 34 ms instead of 175).
 */
async function countAgain(store: Store): Promise<void> {
  await store.query(sql`set local default_statistics_target = 10`)
  await store.query(sql`analyze
    delivery_commit (scope, sha, integrated_at, deployed_at),
    delivery_change (scope, id, number, merged_at, deployed_at),
    delivery_deployment (scope, id, commit, finished_at, failed_at)`)
}

/** Older than any record: the ledger asks for everything. */
const BEGINNING = Date.parse('0001-01-02T00:00:00Z')

/** Earliest moment from which a record can change a derived row. */
function since(record: Evidence): Instant | null {
  switch (record.kind) {
    case 'commit':
      return earliest([record.at, record.committedAt]) - SKEW
    case 'change':
      return earliest([record.at, record.mergedAt])
    case 'deployment':
      return earliest([record.at, record.finishedAt]) - HOUR
    case 'incident':
      return earliest([record.at, record.openedAt])
    default:
      return null
  }
}

function earliest(times: readonly (string | undefined)[]): Instant {
  return Math.min(...times.flatMap((time) => (time === undefined ? [] : [Date.parse(time)])))
}

/**
 * Makes sure that the tables hold these scopes, as they are defined now, with everything known now.
 * Cheap when nothing came in.
 */
export async function bringUpToDate(base: Base, scopes: readonly Scope[]): Promise<void> {
  const { store, ledger } = base
  const kept = await store.query<{ subject: Ref; environment: string; definition: string }>(sql`
    select subject, environment, definition from delivery_scope where subject = any(${scopes.map(({ subject }) => subject)}::text[])`)
  const definitions = new Map(kept.map(({ subject, environment, definition }) => [`${subject} ${environment}`, definition]))
  const anew = scopes.filter((scope) => definitions.get(`${scope.subject} ${scope.environment}`) !== definitionOf(scope))
  for (const scope of anew) await store.transaction(() => deriveAnew(base, scope))
  // Tables that were just filled have no statistics, and without them a question about 10,000 changes takes a minute.
  if (anew.length > 0) await store.transaction(() => countAgain(store))
  await ledger.fresh(DELIVERY, [...new Set(scopes.flatMap(inputsOf))])
}

async function scopesReading(store: Store, input: Ref): Promise<Scope[]> {
  const rows = await store.query<{ definition: string }>(sql`
    select s.definition from delivery_input i join delivery_scope s using (subject, environment) where i.input = ${input} order by s.subject, s.environment`)
  return rows.map(({ definition }) => JSON.parse(definition) as Scope) // written by definitionOf
}
