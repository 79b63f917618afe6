import type { Instant, Ref } from '../../core/index.ts'
import { instant, sql, type Statement, type Store } from '../../store/index.ts'
import { entityAt } from '../known.ts'
import type { BuiltOf, PackagesAsk, PackagesFound, PackageRelation, UsedVersion } from './found.ts'
import type { Ecosystem } from './package.ts'

const MOST_USERS = 500

/** Who uses what: packages with their versions and who has them, the best match or the most used first. */
export async function findPackages(store: Store, ask: PackagesAsk, asOf?: Instant): Promise<PackagesFound> {
  const name = ask.name?.toLowerCase() ?? ''
  const match = sql`case when whole = ${name} then 2 when part = ${name} then 1 else 0 end`
  // Users are counted as often as rows name them, which is enough for an order: unfolding half a million rows for it took 4 s.
  const ofAll = sql`
    select ecosystem, name, max(${match}) as match, false as direct, sum(cardinality(direct) + cardinality(through) + cardinality(untold)) as used
    from package where ${knownAt(asOf)} and ${matching(ask, asOf)} group by ecosystem, name`
  const ofOne = sql`
    select ecosystem, name, max(${match}) as match, bool_or(how = 'direct') as direct, 0 as used from (${usersOf(ask, asOf)}) each group by ecosystem, name`
  const groups = await store.query<{ ecosystem: Ecosystem; name: string; total: number }>(sql`
    select ecosystem, name, (count(*) over ())::int as total from (${ask.component === undefined ? ofAll : ofOne}) grouped
    order by match desc, direct desc, used desc, name, ecosystem limit ${ask.limit} offset ${ask.offset}`)
  if (groups.length === 0)
    return { total: ask.offset > 0 ? (await findPackages(store, { ...ask, offset: 0, limit: 1 }, asOf)).total : 0, packages: [] }
  const page = sql`(ecosystem, name) in (select ecosystem, name from json_to_recordset(${JSON.stringify(groups)}::text::json) as page(ecosystem text, name text))`
  const rows = await store.query<UserRow>(sql`
    with each as (${usersOf(ask, asOf, page)}), numbered as (
      select *, row_number() over (partition by ecosystem, name order by how = 'direct' desc, version desc nulls last, ref) as place from each
    )
    select numbered.*, counted.used, coalesce(entity.title, entity.name) as title
    from numbered join (select ecosystem, name, count(distinct ref)::int as used from each group by ecosystem, name) counted using (ecosystem, name)
      left join ${entityAt(asOf)} on entity.ref = numbered.ref where place <= ${MOST_USERS} order by place`)
  const byPackage = Map.groupBy(rows, ({ ecosystem, name }) => JSON.stringify([ecosystem, name]))
  return {
    total: groups[0]!.total,
    packages: groups.map(({ ecosystem, name }) => {
      const users = byPackage.get(JSON.stringify([ecosystem, name])) ?? []
      const used = users[0]?.used ?? 0
      return { ecosystem, name, used, versions: versionsIn(users), more: Math.max(0, used - new Set(users.map(({ ref }) => ref)).size) }
    }),
  }
}

interface UserRow {
  /** How many have the package in all. */
  used: number
  ecosystem: Ecosystem
  name: string
  version: string | null
  asked: string | null
  because: string | null
  local: boolean
  ref: Ref
  title: string | null
  how: PackageRelation
  development: boolean
  repository: Ref
  file: string
}

/** One row for each package, version, file and component that has it. */
function usersOf(ask: PackagesAsk, asOf: Instant | undefined, more: Statement = sql`true`): Statement {
  const isComponent = ask.component !== undefined && !ask.component.startsWith('repository:')
  return sql`
    select ecosystem, name, whole, part, version, asked, because, local, repository, file, who.ref, who.how, who.ref = any(development) as development
    from package cross join lateral (
      select unnest(direct) as ref, 'direct' as how union all select unnest(through), 'through' union all select unnest(untold), 'untold'
    ) who
    where ${knownAt(asOf)} and ${matching(ask, asOf)} and ${more} ${isComponent ? sql`and who.ref = ${ask.component}` : sql``}`
}

function matching(ask: PackagesAsk, asOf: Instant | undefined): Statement {
  const conditions = [sql`true`]
  if (ask.ecosystem) conditions.push(sql`ecosystem = ${ask.ecosystem}`)
  if (ask.name !== undefined) {
    const name = ask.name.toLowerCase()
    conditions.push(ask.exact ? sql`whole = ${name}` : sql`(whole like ${beginning(name)} or part like ${beginning(name)})`)
  }
  if (ask.version !== undefined) {
    const plain = ask.version.replace(/^v/, '')
    conditions.push(
      sql`(ltrim(version, 'v') = ${plain} or ltrim(version, 'v') similar to ${`${beginning(plain, SIMILAR).slice(0, -1)}[.+-]%`})`,
    )
  }
  if (ask.component?.startsWith('repository:')) conditions.push(sql`repository = ${ask.component}`)
  else if (ask.component !== undefined)
    conditions.push(sql`(repository, file) in (
      select repository, file from package_file where ${knownAt(asOf)} and components @> ${[ask.component]}::text[])`)
  return sql.join(conditions, sql` and `)
}

const LIKE = /[\\%_]/g
const SIMILAR = /[\\%_|*+?{}()[\]^$.]/g

function beginning(text: string, special = LIKE): string {
  return `${text.replace(special, '\\$&')}%`
}

function knownAt(asOf: Instant | undefined): Statement {
  return asOf === undefined ? sql`learned_to = 'infinity'` : sql`learned_from <= ${instant(asOf)} and learned_to > ${instant(asOf)}`
}

const newestFirst = new Intl.Collator('en', { numeric: true })

function versionsIn(rows: readonly UserRow[]): UsedVersion[] {
  const groups = Map.groupBy(rows, ({ version, asked, because, local }) => JSON.stringify([version, asked, because, local]))
  return [...groups.values()]
    .map((users): UsedVersion => {
      const [{ version, asked, because, local }] = users as [UserRow]
      return {
        version,
        asked,
        because,
        local,
        users: users.map(({ ref, title, how, development, repository, file }) => ({ ref, title, how, development, repository, file })),
      }
    })
    .sort((one, other) => newestFirst.compare(other.version ?? '', one.version ?? ''))
}

/** No files mean that nothing was read: what it is built of is unknown, not nothing. */
export async function builtOf(store: Store, component: Ref, asOf?: Instant): Promise<BuiltOf> {
  const [counts] = await store.query<Omit<BuiltOf, 'files'>>(sql`
    with each as (${usersOf({ component, limit: 0, offset: 0 }, asOf)}), grouped as (
      select bool_or(how = 'direct') as direct, bool_and(development) as development from each group by ecosystem, name
    )
    select count(*)::int as packages, count(*) filter (where direct)::int as direct, count(*) filter (where development)::int as development from grouped`)
  const which = component.startsWith('repository:') ? sql`repository = ${component}` : sql`components @> ${[component]}::text[]`
  const files = await store.query<BuiltOf['files'][number]>(sql`
    select repository, file, ecosystem, unread, learned_from as learned from package_file where ${knownAt(asOf)} and ${which} order by repository, file`)
  return { ...counts!, files }
}
