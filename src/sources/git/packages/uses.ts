import type { PackageUse } from '../../../ground/catalog/index.ts'
import type { Ref } from '../../../ground/core/index.ts'
import type { Asked, Locked, PackageGraph } from './graph.ts'

/** What is known of one component and one package. */
const DIRECT = 1
const UNTOLD = 2
/** Not only development needs it. */
const NEEDED = 4

/**
 * Components × packages that are kept at most, and the steps from one to the other. Beyond it (a monorepo of 200 members
 * with 3,000 packages each) what is only needed through others belongs to the file's own component.
 */
const MOST_PAIRS = 500_000
const MOST_STEPS = 5_000_000

const NAME = /^[!-~]{1,300}$/
const VERSION = /^[!-~]{1,200}$/

export interface Uses {
  uses: PackageUse[]
  components: Ref[]
  /** Entries whose name or version nothing can have. */
  unfit: number
  /** Too much to follow: see MOST_PAIRS. */
  unfollowed: boolean
}

/**
 * Who is built of what: each project's own asks are direct, what these need is through others, and what no project leads
 * to belongs to the file's own component.
 */
export function usesOf(graph: PackageGraph, ownerOf: (folder: string) => Ref, whole: Ref): Uses {
  const { packages, projects } = graph
  const rows = new Rows()
  const reached = new Uint8Array(packages.length)
  const steps = packages.reduce((sum, { needs }) => sum + needs.length, packages.length)
  const unfollowed = projects.length * packages.length > MOST_PAIRS || projects.length * steps > MOST_STEPS
  for (const { folder, asks } of projects) {
    const owner = ownerOf(folder)
    if (asks === null) continue
    const follow = unfollowed ? firstOnly : everythingNeeded
    const needed = follow(
      packages,
      asks.filter(({ development }) => !development),
    )
    for (const place of needed) rows.note(packages[place]!, owner, NEEDED)
    for (const place of follow(packages, asks)) {
      reached[place] = 1
      rows.note(packages[place]!, owner, 0)
    }
    for (const { package: place } of asks) rows.note(packages[place]!, owner, DIRECT)
  }
  // Where one project does not say what it asks for, what is left may be asked for by it.
  const left = projects.length > 0 && projects.every(({ asks }) => asks !== null) ? 0 : UNTOLD
  const rest: Locked[] = []
  packages.forEach((one, place) => {
    // A part of the repository that nobody asks for is what is built, not what it is built of.
    if (!reached[place] && one.local !== 'project') rest.push(one)
  })
  // One that is held twice (a patched one beside its origin) is reached when either is.
  for (const one of rest.filter((one) => !rows.has(one))) rows.note(one, whole, left | (one.development ? 0 : NEEDED))
  const components = [...new Set([...projects.map(({ folder }) => ownerOf(folder)), ...rows.owners])].sort()
  return { uses: rows.all(), components: components.length > 0 ? components : [whole], unfit: rows.unfit, unfollowed }
}

function firstOnly(_: readonly Locked[], asks: readonly Asked[]): Set<number> {
  return new Set(asks.map((ask) => ask.package))
}

function everythingNeeded(packages: readonly Locked[], asks: readonly Asked[]): Set<number> {
  const found = firstOnly(packages, asks)
  for (const place of found) for (const next of packages[place]!.needs) found.add(next) // a set is walked to its growing end
  return found
}

/** One row for each name and version, however often a file holds it. */
class Rows {
  readonly #rows = new Map<string, { one: Locked; owners: Map<Ref, number> }>()
  readonly owners = new Set<Ref>()
  readonly #unfit = new Set<Locked>()

  get unfit(): number {
    return this.#unfit.size
  }

  note(one: Locked, owner: Ref, flags: number): void {
    if (!NAME.test(one.name) || (one.version !== null && !VERSION.test(one.version))) return void this.#unfit.add(one)
    const key = keyOf(one)
    const row = this.#rows.get(key) ?? { one, owners: new Map<Ref, number>() }
    this.#rows.set(key, row)
    row.owners.set(owner, (row.owners.get(owner) ?? 0) | flags)
    this.owners.add(owner)
  }

  has(one: Locked): boolean {
    return this.#rows.has(keyOf(one))
  }

  all(): PackageUse[] {
    return [...this.#rows.values()]
      .map(({ one, owners }): PackageUse => {
        const those = (which: (flags: number) => boolean) => [...owners].flatMap(([owner, flags]) => (which(flags) ? [owner] : [])).sort()
        return {
          name: one.name,
          version: one.version,
          ...(one.version === null && one.asked ? { asked: plain(one.asked) } : {}),
          ...(one.version === null && one.because ? { because: plain(one.because) } : {}),
          ...(one.local ? { local: true } : {}),
          direct: those((flags) => (flags & DIRECT) !== 0),
          through: those((flags) => (flags & (DIRECT | UNTOLD)) === 0),
          untold: those((flags) => (flags & (DIRECT | UNTOLD)) === UNTOLD),
          development: those((flags) => (flags & NEEDED) === 0),
        }
      })
      .sort((one, other) => (one.name < other.name ? -1 : one.name > other.name ? 1 : (one.version ?? '') < (other.version ?? '') ? -1 : 1))
  }
}

function keyOf({ name, version, asked }: Locked): string {
  return JSON.stringify([name, version, version === null ? asked : null])
}

/** A text of somebody else as one short line that every store takes. */
function plain(text: string): string {
  // eslint-disable-next-line no-control-regex
  return text
    .slice(0, 300)
    .toWellFormed()
    .replace(/[\s\u0000-\u001f\u007f]+/g, ' ')
    .trim()
}
