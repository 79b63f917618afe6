import type { Instant, Ref } from '../../../ground/core/index.ts'
import type { Ledger } from '../../../ground/ledger/index.ts'
import { instant, sql, type Statement, type Store } from '../../../ground/store/index.ts'
import { deriveDelivery } from '../assess/index.ts'
import { cutOf } from './cut.ts'
import { allFacts } from './facts.ts'
import { reopen } from './reopen.ts'
import { ofScope, replaceRows } from './rows.ts'
import { definitionOf, inputsOf, type Scope } from './scope.ts'
import { isNothing, type Touched, touchedSince, withNamesakes } from './touched.ts'

/** Kinds of records that rows are derived from. */
export const KINDS = ['commit', 'change', 'deployment', 'incident'] as const

/** What deriving stands on. */
export type Base = { store: Store; ledger: Ledger }

/** Derives all rows of a scope from all records known now, in the open transaction. */
export async function deriveAnew(base: Base, scope: Scope): Promise<void> {
  const { store } = base
  await alone(store, scope)
  const { learned } = await seenSoFar(base)
  const derived = deriveDelivery(await allFacts(store, scope, null))
  await forget(store, scope)
  await store.query(
    sql`insert into delivery_scope (subject, environment, definition, whole_from)
      select ${scope.subject}, ${scope.environment}, ${definitionOf(scope)}, max(day + 1)::timestamp at time zone 'UTC' from forgotten
      where subject = any(${inputsOf(scope)}::text[]) and kind = any(${[...KINDS]}::text[])`,
  )
  await store.query(sql`
    insert into delivery_input (input, subject, environment, seen)
    select input, ${scope.subject}, ${scope.environment}, ${instant(learned)} from unnest(${inputsOf(scope)}::text[]) as input`)
  await replaceRows(store, scope, null, derived)
}

/**
 * Takes in what came to one of a scope's inputs, in the open transaction: only what it can affect is derived again.
 * @param since no record touched since the last time happened before this, in its old state or its new one
 */
export async function takeIn(base: Base, scope: Scope, input: Ref, since: Instant): Promise<void> {
  await alone(base.store, scope)
  const write = await takenIn(base, scope, input, since)
  await (write === 'too many' ? deriveAnew(base, scope) : write())
}

/**
 * Works out what taking in would write, and changes nothing yet: what it gives writes it, where nothing was learned meanwhile.
 * Where that is more than is worth taking in one by one it says so.
 */
export async function takenIn(base: Base, scope: Scope, input: Ref, since: Instant): Promise<(() => Promise<void>) | 'too many'> {
  const { store } = base
  const { learned, seen } = await seenSoFar(base, sql`(select seen from delivery_input where input = ${input} and ${named(scope)})`)
  if (store.mode === 'embedded' && seen === learned) return async () => {} // nothing was learned since, of whatever subject
  const touched = await touchedSince(store, input, scope.environment, since, seen ?? -Infinity)
  if (touched === 'too many') return touched
  const again = isNothing(touched) ? null : await derivedAgain(store, scope, since, await withNamesakes(store, scope, touched))
  return async () => {
    if (again) await replaceRows(store, scope, again.old, again.derived)
    await store.query(sql`update delivery_input set seen = ${instant(learned)} where input = ${input} and ${named(scope)}`)
  }
}

/** What records touch, as it was and as it is. */
async function derivedAgain(store: Store, scope: Scope, since: Instant, touched: Touched) {
  const { facts, before, old, earlier } = await reopen(store, scope, await cutOf(store, scope, since, touched), touched)
  const { relinked, ...derived } = deriveDelivery(facts, before)
  return {
    old: { ...old, deployments: [...old.deployments, ...earlier] },
    derived: { ...derived, deployments: [...derived.deployments, ...relinked] },
  }
}

/**
 * A word for all that taking in stands on beside the records of an input: what was learned last, of whatever subject, and
 * how far the scopes that read the input are.
 */
export async function wordOf({ store, ledger }: Base, input: Ref): Promise<string> {
  ledger.now() // what is learned after this is learned later
  const [row] = await store.query<{ word: string }>(sql`
    select concat_ws(' ', (select learned from ledger_clock), (
      select string_agg(concat_ws(' ', s.environment, s.subject, s.definition, o.input, o.seen), ' ' order by s.subject, s.environment, o.input)
      from delivery_input i join delivery_scope s using (subject, environment) join delivery_input o using (subject, environment)
      where i.input = ${input})) as word`)
  return row!.word
}

/** Forgets all rows of a scope. */
export async function forget(store: Store, scope: Pick<Scope, 'subject' | 'environment'>): Promise<void> {
  for (const table of ['delivery_commit', 'delivery_change', 'delivery_deployment'])
    await store.query(sql`delete from ${sql.table(table)} where ${ofScope(scope)}`)
  for (const table of ['delivery_scope', 'delivery_input']) await store.query(sql`delete from ${sql.table(table)} where ${named(scope)}`)
}

function named({ subject, environment }: Pick<Scope, 'subject' | 'environment'>): Statement {
  return sql`subject = ${subject} and environment = ${environment}`
}

/** Lets no other process derive the same scope meanwhile; of an embedded store there is no other, and one connection. */
async function alone(store: Store, { subject, environment }: Scope): Promise<void> {
  if (store.mode === 'embedded') return
  await store.query(sql`select pg_advisory_xact_lock(hashtextextended(${`delivery ${subject} ${environment}`}, 0))`)
}

/**
 * A moment of learning: everything learned until then is in the store, and all that comes after this call is learned
 * later. Processes that share a server can learn in the same millisecond, so there the last one is looked at again.
 * @param before asked with it: the moment of the time before
 */
async function seenSoFar({ store, ledger }: Base, before = sql`null::timestamptz`): Promise<{ learned: Instant; seen: Instant | null }> {
  ledger.now()
  const [row] = await store.query<{ learned: Instant; seen: Instant | null }>(sql`select learned, ${before} as seen from ledger_clock`)
  return store.mode === 'embedded' ? row! : { ...row!, learned: row!.learned - 1 }
}
