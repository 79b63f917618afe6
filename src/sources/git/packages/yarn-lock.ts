import { workspaceMembers } from '../entities/workspaces.ts'
import { type Blocks, blocksIn, readBlocks, textIn } from './blocks.ts'
import { addTo, type Asked, below, type Locked, NOT_LOCKED, type PackageGraph, type Place, type Project, type Wish } from './graph.ts'
import { npmAlias, type NpmManifest, readPackageJson } from './npm-manifest.ts'

/**
 * `yarn.lock`: the first format (classic.yarnpkg.com/lang/en/docs/yarn-lock) and the later one, which is YAML and lists
 * the workspaces too. Both name an entry by what is asked for (`name@range`), so who asks stands in `package.json`.
 */
export function readYarnLock(text: string, place: Place): PackageGraph {
  const isLater = /^__metadata:/m.test(text)
  if (!isLater && !/^# yarn lockfile/m.test(text)) throw new Error('it is in neither of the formats Yarn writes')
  const entries = [...readBlocks(text, isLater ? ': ' : ' ')].filter(
    (entry): entry is [string, Blocks] => entry[1] instanceof Map && entry[0] !== '__metadata',
  )
  return isLater ? laterGraph(entries, place) : firstGraph(entries, place)
}

type Entries = readonly (readonly [string, Blocks])[]

function firstGraph(entries: Entries, place: Place): PackageGraph {
  const index = new Index()
  for (const [key, entry] of entries) {
    const [first, ...others] = keysOf(key)
    if (first === undefined) continue
    const { name, range } = splitKey(first)
    index.add([first, ...others], { name: npmAlias(range)?.name ?? name, version: textIn(entry, 'version'), needs: [] })
  }
  entries.forEach(([, entry], at) => index.need(at, [...blocksIn(entry, 'dependencies'), ...blocksIn(entry, 'optionalDependencies')]))
  return { ecosystem: 'npm', packages: index.packages, projects: projectsOf(membersAt(place), place, index) }
}

function laterGraph(entries: Entries, place: Place): PackageGraph {
  const index = new Index()
  const members: { folder: string; entry: Blocks; at: number }[] = []
  entries.forEach(([key, entry], at) => {
    const { name, range } = splitKey(textIn(entry, 'resolution') ?? key)
    const local = /^workspace:(.+)$/.exec(range)?.[1]
    if (local !== undefined) members.push({ folder: below(place.folder, local), entry, at })
    const version = local === undefined ? textIn(entry, 'version') : (manifestAt(place, below(place.folder, local))?.version ?? null)
    index.add(keysOf(key), {
      name,
      version,
      needs: [],
      ...(local === undefined ? {} : { local: 'project' as const }),
      ...(version === null ? { because: 'its own manifest states none' } : {}),
    })
  })
  if (members.length === 0) throw new Error('it lists no workspace, not even its own')
  const development = new Map(members.map(({ folder, at }) => [at, onlyForDevelopment(manifestAt(place, folder))]))
  entries.forEach(([, entry], at) =>
    index.need(
      at,
      [...blocksIn(entry, 'dependencies')].filter(([name]) => !development.get(at)?.has(name)),
    ),
  )
  const projects = members.map(({ folder, entry, at }): Project => {
    const wishes = [...blocksIn(entry, 'dependencies')].flatMap(([name, range]): Wish[] =>
      typeof range === 'string' ? [{ name, range, development: development.get(at)!.has(name) }] : [],
    )
    return { folder, asks: index.asks(wishes) }
  })
  return { ecosystem: 'npm', packages: index.packages, projects }
}

function onlyForDevelopment(manifest: NpmManifest | null): Set<string> {
  return new Set(manifest?.wishes.flatMap(({ name, development }) => (development ? [name] : [])))
}

/** The folder of the lock file, and those its `package.json` names as members. */
function membersAt(place: Place): string[] {
  const isMember = workspaceMembers((file) => place.textOf(below(place.folder, file)))
  const inside = (folder: string) => (place.folder === '' ? folder : folder.slice(place.folder.length + 1))
  return place.foldersWith('package.json').filter((folder) => folder === place.folder || isMember?.(inside(folder)))
}

function projectsOf(folders: readonly string[], place: Place, index: Index): Project[] {
  const manifests = folders.flatMap((folder) => {
    const manifest = manifestAt(place, folder)
    return manifest ? [{ folder, manifest }] : []
  })
  if (!manifests.some(({ folder }) => folder === place.folder)) return [{ folder: place.folder, asks: null }]
  for (const { folder, manifest } of manifests)
    if (folder !== place.folder && manifest.name !== null) index.addMember(manifest.name, manifest.version)
  for (const { manifest } of manifests) if (manifest.name !== null) index.needOfMember(manifest.name, manifest.wishes)
  return manifests.map(({ folder, manifest }) => ({ folder, asks: index.asks(manifest.wishes) }))
}

function manifestAt(place: Place, folder: string): NpmManifest | null {
  const text = place.textOf(below(folder, 'package.json'))
  try {
    return text === undefined ? null : readPackageJson(text)
  } catch {
    return null // a broken manifest asks for nothing anybody can know
  }
}

/** Packages by what is asked for. */
class Index {
  readonly packages: Locked[] = []
  readonly #byKey = new Map<string, number>()
  readonly #byName = new Map<string, number[]>()
  readonly #members = new Map<string, number>()

  /** Places follow the order of the calls. */
  add(keys: readonly string[], one: Locked): void {
    const place = this.packages.push(one.version === null && !one.because ? { ...one, because: 'the lock file states none' } : one) - 1
    for (const key of keys) this.#byKey.set(key, place)
    for (const name of new Set(keys.map((key) => splitKey(key).name))) addTo(this.#byName, name, place)
  }

  addMember(name: string, version: string | null): void {
    const because = version === null ? { because: 'its own manifest states none' } : {}
    this.#members.set(name, this.packages.push({ name, version, local: 'project', needs: [], ...because }) - 1)
  }

  need(place: number, dependencies: readonly (readonly [string, unknown])[]): void {
    for (const [name, range] of dependencies) {
      const found = typeof range === 'string' ? this.#find(name, range) : undefined
      if (found !== undefined) this.packages[place]!.needs.push(found)
    }
  }

  needOfMember(name: string, wishes: readonly Wish[]): void {
    const place = this.#members.get(name)
    if (place !== undefined)
      this.need(
        place,
        wishes.flatMap((wish) => (wish.development ? [] : [[wish.name, wish.range] as const])),
      )
  }

  asks(wishes: readonly Wish[]): Asked[] {
    return wishes.flatMap(({ name, range, development, optional }) => {
      const place = this.#find(name, range)
      if (place !== undefined) return [{ package: place, development }]
      if (optional) return []
      return [{ package: this.packages.push({ name, version: null, asked: range, because: NOT_LOCKED, needs: [] }) - 1, development }]
    })
  }

  /** By the words of the request, else (a resolution was overridden) the only one of that name. */
  #find(name: string, range: string): number | undefined {
    const exact = this.#byKey.get(`${name}@${range}`) ?? this.#byKey.get(`${name}@npm:${range}`) ?? this.#members.get(name)
    const named = this.#byName.get(name)
    return exact ?? (named?.length === 1 ? named[0] : undefined)
  }
}

function keysOf(key: string): string[] {
  return key.split(', ').map((one) => one.replace(/^"|"$/g, ''))
}

/** `@scope/name@range`; the first sign belongs to the name. */
function splitKey(key: string): { name: string; range: string } {
  const at = key.indexOf('@', 1)
  return at === -1 ? { name: key, range: '' } : { name: key.slice(0, at), range: key.slice(at + 1) }
}
