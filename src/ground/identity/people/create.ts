import { type Instant, type Ref, Refusal } from '../../core/index.ts'
import { instant, type Moments, sql, type Store } from '../../store/index.ts'
import { ErasedPeople } from './erased.ts'
import { joined, type Said } from './join.ts'
import { handleIn } from './name.ts'
import type { ActorKind, JoinOrigin, People, PersonStatement } from './people.ts'

interface Row extends Said {
  origin: JoinOrigin
  by: Ref
  at: Instant
}
/** Pairs kept in memory until the next records are written. */
const MOST_WAITING = 10_000
const COLUMNS = sql`id, says, alias, other, origin, by, learned_from as at`

/** People on a store. @param key for the hashes of those who were erased */
export function createPeople(
  { store, moments, key }: { store: Store; moments: Moments; key: Buffer },
  names: { pseudonym(person: string): string; forget(): void },
): People & { noteName(person: string): void } {
  const erased = new ErasedPeople(store, key, names.pseudonym)
  const waiting = new Map<string, readonly [string, string]>()
  const known = new Set<string>()
  const standing = () => store.query<Row>(sql`select ${COLUMNS} from person_statement where learned_to = 'infinity' order by id`)

  /** Writes what follows from the standing statements: only aliases whose person changed are touched. */
  async function settle(moment: Instant): Promise<void> {
    const people = joined(await standing())
    const rows = JSON.stringify([...people].map(([alias, person]) => ({ alias, person })))
    await store.query(sql`
      with now as (select r.alias, r.person from json_to_recordset(${rows}::json) as r(alias text, person text)), ended as (
        update person_of p set learned_to = ${instant(moment)} where p.learned_to = 'infinity' and not exists (select 1 from now where now.alias = p.alias and now.person = p.person)
      )
      insert into person_of (alias, person, learned_from) select now.alias, now.person, ${instant(moment)} from now
      where not exists (select 1 from person_of p where p.alias = now.alias and p.person = now.person and p.learned_to = 'infinity')`)
  }

  async function say(
    says: Said['says'],
    pairs: readonly (readonly [string, string | null])[],
    origin: JoinOrigin,
    by: Ref,
  ): Promise<Row[]> {
    if (pairs.length === 0) return []
    return store.transaction(async () => {
      const moment = await moments.learn()
      const rows = JSON.stringify(pairs.map(([alias, other]) => ({ alias, other })))
      const said = await store.query<Row>(sql`
        insert into person_statement (says, alias, other, origin, by, learned_from)
        select distinct ${says}, r.alias, r.other, ${origin}, ${by}, ${instant(moment)} from json_to_recordset(${rows}::json) as r(alias text, other text)
        where ${origin === 'hand'} or not exists (
          select 1 from person_statement s where s.learned_to = 'infinity' and s.says = ${says} and s.origin = ${origin} and s.alias = r.alias and s.other is not distinct from r.other)
        returning ${COLUMNS}`)
      if (said.length && (says === 'same' || says === 'apart')) await settle(moment)
      return said
    })
  }

  /** Two different aliases in one order; null where a name says nothing. */
  function pairOf([name, other]: readonly [string, string]): readonly [string, string] | null {
    const [a, b] = [names.pseudonym(name), names.pseudonym(other)]
    if (a === b || erased.isErased(a) || erased.isErased(b)) return null
    return a < b ? [a, b] : [b, a]
  }

  const tell = async (pairs: readonly (readonly [string, string])[], origin: JoinOrigin, by: Ref) => {
    await erased.catchUp()
    return (
      await say(
        'same',
        pairs.flatMap((pair) => [pairOf(pair)].filter((one) => one !== null)),
        origin,
        by,
      )
    ).length
  }

  return {
    erased,
    eyeFor: (wanted) => ErasedPeople.of(wanted, key, names.pseudonym),
    forgetNames() {
      waiting.clear()
      known.clear()
      names.forget()
    },
    noteName(person) {
      if (known.has(person)) return
      const handle = handleIn(person)
      if (handle !== null && waiting.size < MOST_WAITING) waiting.set(person, [person, handle])
    },
    async learnt(by) {
      if (waiting.size === 0) return
      const pairs = [...waiting.values()]
      await tell(pairs, 'noreply', by)
      waiting.clear()
      if (known.size > MOST_WAITING) known.clear()
      for (const [person] of pairs) known.add(person)
    },
    told: tell,
    async declared(groups, by) {
      await erased.catchUp()
      const pairs = groups.flatMap(([first, ...others]) =>
        others.flatMap((other) => [pairOf([first!, other])].filter((pair) => pair !== null)),
      )
      const wanted = new Set(pairs.map(([a, b]) => `${a}\n${b}`))
      const held = await store.query<Row>(sql`select ${COLUMNS} from person_statement where learned_to = 'infinity' and origin = 'catalog'`)
      const gone = held.filter(({ alias, other }) => !wanted.has(`${alias}\n${other}`)).map(({ id }) => id)
      const known = new Set(held.map(({ alias, other }) => `${alias}\n${other}`))
      const news = pairs.filter(([a, b]) => !known.has(`${a}\n${b}`))
      if (gone.length + news.length === 0) return
      await store.transaction(async () => {
        const moment = await moments.learn()
        await store.query(sql`update person_statement set learned_to = ${instant(moment)} where id = any(${gone}::bigint[])`)
        await say('same', news, 'catalog', by)
        await settle(moment)
      })
    },
    async merge(name, other, by) {
      const [a, b] = [names.pseudonym(name), names.pseudonym(other)]
      refuseErased(a, b)
      if (a === b)
        throw new Refusal('people.same_name', 'Both are the same name here already.', { fix: 'Nothing is to be done.', path: 'other' })
      return stated((await say('same', [a < b ? [a, b] : [b, a]], 'hand', by))[0]!)
    },
    async split(name, by) {
      const alias = names.pseudonym(name)
      const [held] = await store.query(sql`select person from person_of where alias = ${alias} and learned_to = 'infinity'`)
      if (!held)
        throw new Refusal('people.not_joined', 'This name is not joined with any other.', {
          status: 404,
          fix: 'Write it as the source does: a mail address, a handle or a ref.',
          path: 'name',
        })
      return stated((await say('apart', [[alias, null]], 'hand', by))[0]!)
    },
    async correct(name, kind: ActorKind, by) {
      // A program goes by its own name in records, a person by a pseudonym: both are meant. An address is never kept.
      const aliases = [...new Set([names.pseudonym(name), ...(name.includes('@') ? [] : [name.trim()])])]
      refuseErased(...aliases)
      const said = await say(
        kind,
        aliases.map((alias) => [alias, null] as const),
        'hand',
        by,
      )
      return stated(said[0]!)
    },
    async undo(id) {
      return store.transaction(async () => {
        const moment = await moments.learn()
        // What was said in one breath is taken back in one.
        const rows = await store.query<Row>(sql`
          update person_statement s set learned_to = ${instant(moment)} from person_statement one
          where one.id = ${id}::bigint and one.origin = 'hand' and one.learned_to = 'infinity'
            and s.says = one.says and s.origin = 'hand' and s.learned_from = one.learned_from and s.learned_to = 'infinity'
          returning s.id, s.says, s.alias, s.other, s.origin, s.by, s.learned_from as at`)
        const row = rows.find((one) => one.id === id)
        if (!row)
          throw new Refusal('people.nothing_to_undo', `Nothing that stands was said by hand under the number ${id}.`, {
            status: 404,
            fix: '"throughline people" lists what can be undone.',
            path: 'id',
          })
        if (row.says === 'same' || row.says === 'apart') await settle(moment)
        return stated(row)
      })
    },
    async byHand() {
      const rows = await store.query<Row>(
        sql`select ${COLUMNS} from person_statement where learned_to = 'infinity' and origin = 'hand' order by id desc`,
      )
      return rows.map(stated)
    },
    async summary() {
      const [counted] = await store.query<{ people: number; aliases: number }>(
        sql`select count(distinct person)::int as people, count(*)::int as aliases from person_of where learned_to = 'infinity'`,
      )
      const joins = await store.query<{ origin: JoinOrigin; count: number }>(
        sql`select origin, count(*)::int as count from person_statement where learned_to = 'infinity' and says = 'same' group by origin order by origin`,
      )
      return { ...counted!, joins }
    },
    async aliasesOf(wanted) {
      const own = [...new Set(wanted.map((name) => names.pseudonym(name)))]
      const rows = await store.query<{ alias: string }>(sql`
        select distinct o.alias from person_of p join person_of o on o.person = p.person and o.learned_to = 'infinity'
        where p.alias = any(${own}::text[]) and p.learned_to = 'infinity' order by 1`)
      return [...new Set([...own, ...rows.map(({ alias }) => alias)])]
    },
    async remember(wanted) {
      await store.transaction(async () => {
        await moments.learn() // others who write have ended, or look again
        await erased.remember(wanted)
      })
      await erased.catchUp()
    },
    async forget(aliases) {
      const all = sql`any(${[...aliases]}::text[])`
      await store.query(sql`delete from person_statement where alias = ${all} or other = ${all}`)
      await store.query(sql`delete from person_of where alias = ${all} or person = ${all}`)
      await settle(await moments.learn())
    },
  }

  function refuseErased(...aliases: string[]): void {
    if (aliases.some((alias) => erased.isErased(alias)))
      throw new Refusal('people.erased', 'One of these names belongs to somebody who was erased.', {
        status: 409,
        fix: 'Nothing can be said about them any more.',
      })
  }
}

function stated({ id, says, alias, other, origin, by, at }: Row): PersonStatement {
  return { id, says, alias, other, origin, by, at }
}
