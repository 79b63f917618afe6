import type { Ref } from '../../core/index.ts'
import { sql, type Store } from '../../store/index.ts'
import type { Link } from '../catalog.ts'
import { type LinkContext, replaceLinks } from '../links/kept.ts'
import type { Ecosystem, Publication } from './package.ts'

interface Asking {
  component: Ref
  publisher: Ref
  ecosystem: Ecosystem
  name: string
  file: string
  within: boolean
}

/** Two repositories are joined by a name alone; within one the lock file itself resolved it to a folder. */
const BY_NAME = 0.9
/** Several components go by the name: each is as likely as the others, so a person has to say which. */
const AMBIGUOUS = 0.4

/**
 * States which components depend on which: a component asks by itself for a package that another one publishes.
 *
 * A lock file names what is built in, so this is a reference in a text, not a guess, and holds at once like one in a
 * commit; people can refuse it (they know of a fork, or of a name that two things share). Where several components
 * publish one name, none of these links holds before somebody accepts it.
 * @decision 0020
 */
export async function linkPublishers(context: LinkContext, repository: Ref, { by }: { by: Ref }): Promise<void> {
  const askings = await askingsOf(context.store, repository)
  const publishers = Map.groupBy(askings, ({ component, ecosystem, name }) => JSON.stringify([component, ecosystem, name]))
  const links = askings.map((asking): Link => {
    const alike = publishers.get(JSON.stringify([asking.component, asking.ecosystem, asking.name]))!
    const ends = { from: asking.component, type: 'dependsOn', to: asking.publisher }
    const because = `${asking.file} asks for ${asking.ecosystem} package ${asking.name}`
    if (alike.length > 1)
      return {
        ...ends,
        origin: 'inferred',
        confidence: AMBIGUOUS,
        status: 'suggested',
        because: `${because}, which ${alike.length} components publish`,
      }
    return { ...ends, origin: 'reference', confidence: asking.within ? 1 : BY_NAME, status: 'accepted', because }
  })
  await replaceLinks(context, `packages:${repository}`, links, { by })
}

/** The publisher in the asking repository stands before those elsewhere. */
async function askingsOf(store: Store, repository: Ref): Promise<Asking[]> {
  const rows = await store.query<Asking>(sql`
    with asking as (
      select component, ecosystem, name, bool_and(local) as local, min(file) as file
      from package cross join lateral unnest(direct) as component
      where repository = ${repository} and learned_to = 'infinity' and component like 'component:%'
      group by component, ecosystem, name
    )
    select distinct asking.component, published.component as publisher, asking.ecosystem, asking.name, asking.file,
      published.repository = ${repository} as within
    from asking join package_publication published
      on published.ecosystem = asking.ecosystem and published.name = asking.name and published.learned_to = 'infinity'
    where published.component <> asking.component
      and (published.repository = ${repository} or not (asking.local or published.private))
    order by 1, 2, 3, 4`)
  const within = new Set(rows.flatMap((row) => (row.within ? [JSON.stringify([row.component, row.ecosystem, row.name])] : [])))
  return rows.filter((row) => row.within || !within.has(JSON.stringify([row.component, row.ecosystem, row.name])))
}

/** Repositories with components that ask for one of these names. */
export async function repositoriesAsking(store: Store, publications: readonly Publication[]): Promise<Ref[]> {
  if (publications.length === 0) return []
  const names = publications.map(({ ecosystem, name }) => ({ ecosystem, name }))
  const rows = await store.query<{ repository: Ref }>(sql`
    select distinct package.repository
    from json_to_recordset(${JSON.stringify(names)}::text::json) as given(ecosystem text, name text)
      join package on package.whole = lower(given.name) and package.name = given.name and package.ecosystem = given.ecosystem
    where package.learned_to = 'infinity' and package.direct <> '{}'`)
  return rows.map(({ repository }) => repository)
}
