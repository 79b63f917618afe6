import { fieldsOf } from '../entities/manifests.ts'
import { below, type Asked, type Locked, NOT_LOCKED, type PackageGraph, type Place, type Project, type Wish } from './graph.ts'
import { npmAlias, npmWishes, readPackageJson } from './npm-manifest.ts'

type Fields = Record<string, unknown>

const FOLDER = 'node_modules/'
/** Folders above one another; npm's own trees stay below twenty. */
const MOST_STEPS = 60
const LONGEST_PLACE = 4_000

/**
 * `package-lock.json` and `npm-shrinkwrap.json`, versions 1 to 3 (docs.npmjs.com/cli/configuring-npm/package-lock-json).
 * Versions 2 and 3 list every place of the tree, members of the workspace too; version 1 is a tree of packages, and what
 * is asked for stands in `package.json` beside it.
 */
export function readNpmLock(text: string, place: Place): PackageGraph {
  const lock = fieldsOf(JSON.parse(text))
  const listed = lock.packages ?? lock.dependencies ?? (typeof lock.lockfileVersion === 'number' ? {} : undefined)
  if (typeof listed !== 'object' || listed === null || Array.isArray(listed)) throw new Error('it lists no packages')
  const isTree = lock.packages === undefined
  const entries = isTree ? entriesOfTree(lock) : entriesOfList(lock)
  const tree = new Tree(entries)
  const packages = tree.packages
  const projects = [...entries]
    .filter(([location, entry]) => location === '' || (!location.includes(FOLDER) && entry.link !== true))
    .map(([location, entry]): Project => ({ folder: below(place.folder, location), asks: tree.asks(location, npmWishes(entry)) }))
  if (isTree) projects.push(projectBeside(place, tree))
  return { ecosystem: 'npm', packages, projects }
}

function projectBeside(place: Place, tree: Tree): Project {
  const manifest = place.textOf(below(place.folder, 'package.json'))
  if (manifest === undefined) return { folder: place.folder, asks: null }
  try {
    return { folder: place.folder, asks: tree.asks('', readPackageJson(manifest).wishes) }
  } catch {
    return { folder: place.folder, asks: null }
  }
}

function entriesOfList(lock: Fields): Map<string, Fields> {
  return new Map(
    Object.entries(fieldsOf(lock.packages)).flatMap(([at, entry]) => (at.length > LONGEST_PLACE ? [] : [[at, fieldsOf(entry)]])),
  )
}

/** Version 1 as places: `dependencies` inside `dependencies` are `node_modules` inside `node_modules`. */
function entriesOfTree(lock: Fields): Map<string, Fields> {
  const entries = new Map<string, Fields>()
  const open: { at: string; list: Fields }[] = [{ at: '', list: fieldsOf(lock.dependencies) }]
  for (let next = open.pop(); next; next = open.pop()) {
    for (const [name, value] of Object.entries(next.list)) {
      const { version, requires, dependencies, dev } = fieldsOf(value)
      const at = `${next.at}${FOLDER}${name}`
      if (at.length > LONGEST_PLACE) throw new Error('its packages are nested deeper than any program writes them')
      const alias = typeof version === 'string' ? npmAlias(version) : null
      entries.set(at, { version: alias ? alias.range : version, dependencies: requires, dev, ...(alias ? { name: alias.name } : {}) })
      open.push({ at: `${at}/`, list: fieldsOf(dependencies) })
    }
  }
  return entries
}

/** Places of the installed tree, and which one a name means where. */
class Tree {
  readonly packages: Locked[] = []
  readonly #places = new Map<string, number>()

  constructor(entries: ReadonlyMap<string, Fields>) {
    const names = new Map<string, string>()
    for (const [location, entry] of entries)
      if (entry.link === true && typeof entry.resolved === 'string') names.set(entry.resolved, nameIn(location))
    for (const [location, entry] of entries) {
      if (location === '' || entry.link === true) continue
      const isProject = !location.includes(FOLDER)
      const name = typeof entry.name === 'string' ? entry.name : (names.get(location) ?? nameIn(location))
      const version = typeof entry.version === 'string' ? entry.version : null
      this.#places.set(location, this.packages.length)
      this.packages.push({
        name,
        version,
        needs: [],
        ...(version === null ? { because: 'the lock file states none' } : {}),
        ...(isProject ? { local: 'project' as const } : {}),
        ...(entry.dev === true ? { development: true } : {}),
      })
    }
    for (const [location, entry] of entries) {
      const target = entry.link === true && typeof entry.resolved === 'string' ? this.#places.get(entry.resolved) : undefined
      if (target !== undefined) this.#places.set(location, target)
    }
    for (const [location, entry] of entries) {
      const own = entry.link === true ? undefined : this.#places.get(location)
      if (own === undefined) continue
      for (const { name, development } of npmWishes(entry)) {
        const place = development ? undefined : this.#find(location, name)
        if (place !== undefined) this.packages[own]!.needs.push(place)
      }
    }
  }

  asks(location: string, wishes: readonly Wish[]): Asked[] {
    return wishes.flatMap(({ name, range, development, optional }) => {
      const place = this.#find(location, name)
      if (place !== undefined) return [{ package: place, development }]
      if (optional) return []
      this.packages.push({ name, version: null, asked: range, because: NOT_LOCKED, needs: [] })
      return [{ package: this.packages.length - 1, development }]
    })
  }

  /** As Node finds it: in the folder's own `node_modules`, then in those above. */
  #find(location: string, name: string): number | undefined {
    let at = location
    for (let steps = 0; at !== '' && steps < MOST_STEPS; steps++) {
      const place = at.endsWith('node_modules') ? undefined : this.#places.get(`${at}/${FOLDER}${name}`)
      if (place !== undefined) return place
      at = at.slice(0, Math.max(0, at.lastIndexOf('/')))
    }
    return this.#places.get(FOLDER + name)
  }
}

function nameIn(location: string): string {
  const at = location.lastIndexOf(FOLDER)
  return at === -1 ? location.slice(location.lastIndexOf('/') + 1) : location.slice(at + FOLDER.length)
}
