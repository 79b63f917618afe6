import { fieldsOf } from '../entities/manifests.ts'
import { type Asked, below, type Locked, NOT_LOCKED, type PackageGraph, type Place, type Project, type Wish } from './graph.ts'
import { npmWishes } from './npm-manifest.ts'

type Fields = Record<string, unknown>

/** Names in one key; Bun's own trees stay below twenty. */
const MOST_NAMES = 60

/**
 * `bun.lock`, the text format (bun.com/docs/pm/lockfile, bun.com/reference/bun/BunLockFile): JSON with commas at the end of
 * lists. Members of the workspace stand by their folders, packages by where they lie: `chalk` above all, `listr/chalk` for
 * `listr` alone. Throws when the text is none.
 */
export function readBunLock(text: string, place: Place): PackageGraph {
  const lock = fieldsOf(JSON.parse(withoutLastCommas(text)))
  if (typeof lock.lockfileVersion !== 'number') throw new Error('it states no lockfileVersion')
  const workspaces = Object.entries(fieldsOf(lock.workspaces)).map(([folder, entry]) => [folder, fieldsOf(entry)] as const)
  const tree = new Tree(lock, new Map(workspaces))
  const projects = workspaces.map(([folder, entry]): Project => ({
    folder: below(place.folder, folder),
    asks: tree.asks(folder === '' ? '' : nameOf(entry), npmWishes(entry)),
  }))
  return { ecosystem: 'npm', packages: tree.packages, projects }
}

class Tree {
  readonly packages: Locked[] = []
  readonly #byKey = new Map<string, number>()

  constructor(lock: Fields, workspaces: ReadonlyMap<string, Fields>) {
    const entries = Object.entries(fieldsOf(lock.packages)).flatMap(([key, entry]) => {
      const [ident, ...rest]: unknown[] = Array.isArray(entry) ? entry : []
      return typeof ident === 'string' ? [{ key, ...partsOf(ident), info: fieldsOf(rest.find((one) => typeof one === 'object')) }] : []
    })
    for (const { key, name, found } of entries) {
      const member = /^workspace:(.*)$/.exec(found)?.[1]
      const stated = member === undefined ? found : workspaces.get(member)?.version
      const version = typeof stated === 'string' && /^v?\d/.test(stated) ? stated : null
      const local = member === undefined ? (/^(?:link|file|root):/.test(found) ? ('folder' as const) : null) : ('project' as const)
      this.#byKey.set(key, this.packages.length)
      this.packages.push({
        name,
        version,
        needs: [],
        ...(version === null ? { because: 'the lock file states none' } : {}),
        ...(local ? { local } : {}),
      })
    }
    for (const { key, found, info } of entries) {
      const member = /^workspace:(.*)$/.exec(found)?.[1]
      const needed = this.packages[this.#byKey.get(key)!]!
      for (const { name, development } of npmWishes(member === undefined ? withPeers(info) : (workspaces.get(member) ?? {}))) {
        const place = development ? undefined : this.#find(key, name)
        if (place !== undefined) needed.needs.push(place)
      }
    }
  }

  asks(from: string, wishes: readonly Wish[]): Asked[] {
    return wishes.flatMap(({ name, range, development, optional }) => {
      const place = this.#find(from, name)
      if (place !== undefined) return [{ package: place, development }]
      if (optional) return []
      return [{ package: this.packages.push({ name, version: null, asked: range, because: NOT_LOCKED, needs: [] }) - 1, development }]
    })
  }

  /** As Node finds it: beside the package itself, then beside those it lies in. */
  #find(key: string, name: string): number | undefined {
    const within = namesIn(key)
    for (let length = within.length; length > 0; length--) {
      const place = this.#byKey.get(`${within.slice(0, length).join('/')}/${name}`)
      if (place !== undefined) return place
    }
    return this.#byKey.get(name)
  }
}

/** `@scope/name@1.2.3` is a name and where it was found: a version, or an address. */
function partsOf(ident: string): { name: string; found: string } {
  const at = ident.indexOf('@', 1)
  return at === -1 ? { name: ident, found: '' } : { name: ident.slice(0, at), found: ident.slice(at + 1) }
}

/** A key's names: a scope and what follows are one. */
function namesIn(key: string): string[] {
  return (key.match(/@[^/]+\/[^/]+|[^/]+/g) ?? []).slice(0, MOST_NAMES)
}

function nameOf({ name }: Fields): string {
  return typeof name === 'string' ? name : ''
}

/** Peers that need not be there, as `package.json` writes them. */
function withPeers(info: Fields): Fields {
  const optional = Array.isArray(info.optionalPeers) ? info.optionalPeers.filter((one): one is string => typeof one === 'string') : []
  return { ...info, peerDependenciesMeta: Object.fromEntries(optional.map((name) => [name, { optional: true }])) }
}

/** JSON without the commas that stand before a closing bracket, outside of texts. */
function withoutLastCommas(text: string): string {
  return text.replace(/"(?:[^"\\]|\\.)*"|,(?=\s*[\]}])/g, (found) => (found === ',' ? '' : found))
}
