import { createHash } from 'node:crypto'
import type { Instant, Ref } from '../../core/index.ts'
import { instant, sql, type Store } from '../../store/index.ts'
import { inBatches } from '../batches.ts'
import type { CatalogKnowledge } from '../known.ts'
import { oneWriter, textList } from '../rows.ts'
import { linkPublishers, repositoriesAsking } from './dependencies.ts'
import type { PackageFile, PackageUse, Publication, ToldDifference, ToldPackages } from './package.ts'

export interface PackagesContext {
  store: Store
  knowledge: CatalogKnowledge
}

/**
 * Makes what a repository tells of packages what it tells now. What stays the same is not touched; what changed is known
 * otherwise from one moment on, and what was known stays known for the time before.
 */
export async function tellPackages(
  { store, knowledge }: PackagesContext,
  repository: Ref,
  told: ToldPackages,
  { by }: { by: Ref },
): Promise<ToldDifference> {
  return store.transaction(async () => {
    await store.query(oneWriter)
    const files = await filesToWrite(store, repository, told.files)
    const publications = await publicationsToWrite(store, repository, told.publications)
    const nothing = files.gone.length + files.changed.length + publications.gone.length + publications.fresh.length === 0
    if (nothing) return { files: 0, begun: 0, ended: 0 }
    const moment = await knowledge.learn()
    await knowledge.changed('links', moment)
    await writeFiles(store, repository, files, moment)
    const packages = await writePackages(store, repository, files, moment)
    await writePublications(store, repository, publications, moment)
    const others = await repositoriesAsking(store, [...publications.gone, ...publications.fresh])
    for (const one of new Set([repository, ...others])) await linkPublishers({ store, knowledge }, one, { by })
    return { files: files.gone.length + files.changed.length, ...packages }
  })
}

type DigestedFile = PackageFile & { digest: string }
interface FileChanges {
  gone: string[]
  changed: DigestedFile[]
}

async function filesToWrite(store: Store, repository: Ref, files: readonly PackageFile[]): Promise<FileChanges> {
  const rows = await store.query<{ file: string; digest: string }>(
    sql`select file, digest from package_file where repository = ${repository} and learned_to = 'infinity'`,
  )
  const present = new Map(rows.map(({ file, digest }) => [file, digest]))
  const told = new Map(files.map((file) => [file.file, { ...file, digest: digestOf(file) }]))
  return {
    gone: [...present.keys()].filter((file) => !told.has(file)),
    changed: [...told.values()].filter(({ file, digest }) => present.get(file) !== digest),
  }
}

function digestOf(file: PackageFile): string {
  return createHash('sha256').update(JSON.stringify(file)).digest('base64url').slice(0, 24)
}

async function writeFiles(store: Store, repository: Ref, { gone, changed }: FileChanges, moment: Instant): Promise<void> {
  await store.query(sql`
    update package_file set learned_to = ${instant(moment)}
    where repository = ${repository} and learned_to = 'infinity' and file in (select value from ${textList([...gone, ...changed.map(({ file }) => file)])})`)
  await store.copy(
    'package_file',
    {
      repository: 'text',
      file: 'text',
      ecosystem: 'text',
      components: 'text[]',
      unread: 'text',
      digest: 'text',
      learned_from: 'timestamptz',
    },
    changed.map((file) => [repository, file.file, file.ecosystem, file.components, file.unread ?? null, file.digest, moment]),
  )
}

/** A row as it is compared: key and content. */
interface Row {
  key: string
  content: string
}

async function writePackages(
  store: Store,
  repository: Ref,
  { gone, changed }: FileChanges,
  moment: Instant,
): Promise<{ begun: number; ended: number }> {
  let ended = await endRows(store, sql`repository = ${repository} and file in (select value from ${textList(gone)})`, moment)
  let begun = 0
  for (const file of changed) {
    const told = new Map(file.uses.map((use) => [keyOf(use), { use, content: contentOf(file.ecosystem, use) }]))
    const present = await store.query<Row>(sql`
      select ${KEY} as key, ${CONTENT} as content from package where repository = ${repository} and file = ${file.file} and learned_to = 'infinity'`)
    const kept = new Set(present.filter(({ key, content }) => told.get(key)?.content === content).map(({ key }) => key))
    const over = present.filter(({ key }) => !kept.has(key)).map(({ key }) => key)
    for (const keys of inBatches(over, (key) => key))
      ended += await endRows(
        store,
        sql`repository = ${repository} and file = ${file.file} and ${KEY} in (select value from ${textList(keys)})`,
        moment,
      )
    const fresh = [...told].filter(([key]) => !kept.has(key)).map(([, { use }]) => use)
    begun += fresh.length
    await store.copy('package', COLUMNS, valuesOf(repository, file, fresh, moment))
  }
  return { begun, ended }
}

async function endRows(store: Store, which: ReturnType<typeof sql>, moment: Instant): Promise<number> {
  const [row] = await store.query<{ ended: number }>(sql`
    with ended as (update package set learned_to = ${instant(moment)} where learned_to = 'infinity' and ${which} returning 1)
    select count(*)::int as ended from ended`)
  return row!.ended
}

const COLUMNS = {
  repository: 'text',
  file: 'text',
  ecosystem: 'text',
  name: 'text',
  version: 'text',
  asked: 'text',
  because: 'text',
  local: 'boolean',
  direct: 'text[]',
  through: 'text[]',
  untold: 'text[]',
  development: 'text[]',
  learned_from: 'timestamptz',
} as const

function* valuesOf(repository: Ref, { file, ecosystem }: PackageFile, uses: readonly PackageUse[], moment: Instant): Generator<unknown[]> {
  for (const { name, version, asked, because, local, direct, through, untold, development } of uses)
    yield [
      repository,
      file,
      ecosystem,
      name,
      version,
      asked ?? null,
      because ?? null,
      local ?? false,
      direct,
      through,
      untold,
      development,
      moment,
    ]
}

const LINE = '\n' // in no name, version or range
const KEY = sql<string>`concat(name, ${LINE}::text, version, ${LINE}::text, asked)`
const CONTENT = sql<string>`concat_ws(${LINE}, ecosystem, because, local::text, array_to_string(direct, ' '), array_to_string(through, ' '), array_to_string(untold, ' '), array_to_string(development, ' '))`

function keyOf({ name, version, asked }: PackageUse): string {
  return [name, version ?? '', asked ?? ''].join(LINE)
}

function contentOf(ecosystem: string, use: PackageUse): string {
  const lists = [use.direct, use.through, use.untold, use.development].map((list) => list.join(' '))
  return [ecosystem, ...(use.because === undefined ? [] : [use.because]), String(use.local ?? false), ...lists].join(LINE)
}

interface PublicationChanges {
  gone: Publication[]
  fresh: Publication[]
}

async function publicationsToWrite(store: Store, repository: Ref, told: readonly Publication[]): Promise<PublicationChanges> {
  const present = await store.query<Publication>(sql`
    select component, ecosystem, name, file, private from package_publication where repository = ${repository} and learned_to = 'infinity'`)
  const words = ({ component, ecosystem, name, file, private: hidden = false }: Publication) =>
    JSON.stringify([component, ecosystem, name, file, hidden])
  const kept = new Set(present.map(words))
  const wanted = new Map(told.map((one) => [JSON.stringify([one.component, one.ecosystem, one.name]), one]))
  const stated = new Set([...wanted.values()].map(words))
  return {
    gone: present.filter((one) => !stated.has(words(one))),
    fresh: [...wanted.values()].filter((one) => !kept.has(words(one))),
  }
}

async function writePublications(store: Store, repository: Ref, { gone, fresh }: PublicationChanges, moment: Instant): Promise<void> {
  for (const batch of inBatches(gone, (one) => one))
    await store.query(sql`
      update package_publication published set learned_to = ${instant(moment)}
      from json_to_recordset(${JSON.stringify(batch)}::text::json) as gone(component text, ecosystem text, name text)
      where published.repository = ${repository} and published.learned_to = 'infinity'
        and (published.component, published.ecosystem, published.name) = (gone.component, gone.ecosystem, gone.name)`)
  await store.copy(
    'package_publication',
    {
      component: 'text',
      ecosystem: 'text',
      name: 'text',
      repository: 'text',
      file: 'text',
      private: 'boolean',
      learned_from: 'timestamptz',
    },
    fresh.map((one) => [one.component, one.ecosystem, one.name, repository, one.file, one.private ?? false, moment]),
  )
}
