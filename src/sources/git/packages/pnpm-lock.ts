import { type Blocks, blocksIn, readBlocks, textIn } from './blocks.ts'
import { type Asked, below, type Locked, NOT_LOCKED, type PackageGraph, type Place, type Project } from './graph.ts'
import { readPackageJson } from './npm-manifest.ts'

/**
 * `pnpm-lock.yaml`, versions 5 to 9 (pnpm.io/lockfile-format). Each project of the workspace is an importer with what it
 * asks for resolved; keys of packages are `name@1.2.3(peers)`, before version 9 with a slash in front, before 6 with one
 * in the middle.
 */
export function readPnpmLock(text: string, place: Place): PackageGraph {
  // Later versions put a document about the program itself before the one about the project.
  const documents = text.split(/^---\s*$/m).map((document) => readBlocks(document, ': '))
  const lock = documents.findLast((document) => document.has('lockfileVersion'))
  if (!lock) throw new Error('it states no lockfileVersion')
  const tree = new Tree(lock, Number.parseFloat(textIn(lock, 'lockfileVersion') ?? ''), place)
  return { ecosystem: 'npm', packages: tree.packages, projects: tree.projects() }
}

class Tree {
  readonly packages: Locked[] = []
  readonly #lock: Blocks
  readonly #version: number
  readonly #place: Place
  readonly #byKey = new Map<string, number>()
  readonly #byFolder = new Map<string, number>()
  readonly #importers: readonly (readonly [string, Blocks])[]

  constructor(lock: Blocks, version: number, place: Place) {
    this.#lock = lock
    this.#version = version
    this.#place = place
    const importers = [...blocksIn(lock, 'importers')].map(([path, entry]) => [path, entry instanceof Map ? entry : new Map()] as const)
    this.#importers = importers.length > 0 ? importers : [['.', lock]]
    this.#addPackages()
    for (const [path] of this.#importers) if (path !== '.') this.#addMember(below(place.folder, path))
    for (const [path, importer] of this.#importers) {
      const own = this.#byFolder.get(below(place.folder, path))
      if (own !== undefined) for (const ask of this.#asks(path, importer, false)) this.packages[own]!.needs.push(ask.package)
    }
  }

  projects(): Project[] {
    return this.#importers.map(([path, importer]) => ({ folder: below(this.#place.folder, path), asks: this.#asks(path, importer, true) }))
  }

  #addPackages(): void {
    const described = blocksIn(this.#lock, 'packages')
    const snapshots = blocksIn(this.#lock, 'snapshots')
    const entries = snapshots.size > 0 ? snapshots : described
    for (const [key, entry] of entries) {
      const more = blocksIn(described, withoutPeers(key))
      const { name, version } = this.#nameOf(key)
      this.#byKey.set(key, this.packages.length)
      this.packages.push({
        name: textIn(more, 'name') ?? name,
        version: textIn(more, 'version') ?? version,
        needs: [],
        ...(entry instanceof Map && textIn(entry, 'dev') === 'true' ? { development: true } : {}),
      })
    }
    for (const [key, entry] of entries) {
      if (!(entry instanceof Map)) continue
      const place = this.#byKey.get(key)!
      for (const list of ['dependencies', 'optionalDependencies'])
        for (const [name, reference] of blocksIn(entry, list)) {
          const found = typeof reference === 'string' ? this.#find(name, reference) : undefined
          if (found !== undefined) this.packages[place]!.needs.push(found)
        }
    }
  }

  #addMember(folder: string): void {
    const text = this.#place.textOf(below(folder, 'package.json'))
    const manifest = text === undefined ? null : manifestIn(text)
    if (!manifest?.name) return
    const because = manifest.version === null ? { because: 'its own manifest states none' } : {}
    this.#byFolder.set(
      folder,
      this.packages.push({ name: manifest.name, version: manifest.version, local: 'project', needs: [], ...because }) - 1,
    )
  }

  #asks(path: string, importer: Blocks, all: boolean): Asked[] {
    const asks = new Map<number, Asked>()
    for (const list of all ? ['dependencies', 'optionalDependencies', 'devDependencies'] : ['dependencies', 'optionalDependencies'])
      for (const [name, value] of blocksIn(importer, list)) {
        const reference = value instanceof Map ? textIn(value, 'version') : value
        if (reference === null) continue
        const place =
          this.#find(name, reference, below(this.#place.folder, path)) ?? (all ? this.#missing(name, value, reference) : undefined)
        if (place !== undefined && !asks.has(place)) asks.set(place, { package: place, development: list === 'devDependencies' })
      }
    return [...asks.values()]
  }

  /** What is linked from a folder that is no project of the workspace, or is not there at all. */
  #missing(name: string, value: Blocks | string, reference: string): number {
    const asked = (value instanceof Map ? textIn(value, 'specifier') : null) ?? reference
    const local = /^(?:link|file):/.test(reference) ? { local: 'folder' as const } : {}
    return this.packages.push({ name, version: null, asked, because: NOT_LOCKED, needs: [], ...local }) - 1
  }

  #find(name: string, reference: string, from?: string): number | undefined {
    if (reference.startsWith('link:')) return from === undefined ? undefined : this.#byFolder.get(below(from, reference.slice(5)))
    const joined = this.#version >= 9 ? `${name}@${reference}` : this.#version >= 6 ? `/${name}@${reference}` : `/${name}/${reference}`
    return this.#byKey.get(joined) ?? this.#byKey.get(reference)
  }

  #nameOf(key: string): { name: string; version: string | null } {
    const plain = withoutPeers(key).replace(/^\//, '')
    const at = this.#version >= 6 ? plain.indexOf('@', 1) : plain.lastIndexOf('/')
    if (at <= 0) return { name: plain, version: null }
    const version = this.#version >= 6 ? plain.slice(at + 1) : plain.slice(at + 1).replace(/_.*$/, '')
    return { name: plain.slice(0, at), version }
  }
}

function manifestIn(text: string) {
  try {
    return readPackageJson(text)
  } catch {
    return null
  }
}

function withoutPeers(key: string): string {
  const at = key.indexOf('(')
  return at === -1 ? key : key.slice(0, at)
}
