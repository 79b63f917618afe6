import { folderOf, type Locked, type PackageGraph } from './graph.ts'
import { type Pom, type PomDependency, readPom } from './pom.ts'

/** Parents above parents, and properties in properties, that are followed. */
const DEEPEST = 12
const MOST_LISTS = 200
const RANGE = /^[[(]/

/** A POM among others of its repository: what it does not say itself, its parents say, nearest first. */
interface Family {
  pom: Pom
  /** The POM itself, then its parents in this repository. */
  line: readonly Pom[]
  /** Set when the last parent of the line has one that is somewhere else. */
  outside: string | null
}

interface Managed {
  /** By `group:artifact`. */
  versions: Map<string, PomDependency>
  /** Lists of versions that are imported, by name. */
  lists: string[]
}

/** A version as it is written, and the POM in whose words. */
interface Decided {
  text: string | null
  scope?: string | null
  family: Family
}

/**
 * The POMs of one repository. A POM tells what it asks for; what these need in turn is not written anywhere. Versions come
 * from the POM, its properties, and the parents and lists of versions in the same repository.
 */
export class Poms {
  readonly #poms = new Map<string, Pom>()
  readonly #byName = new Map<string, Pom>()
  readonly #families = new Map<Pom, Family>()
  readonly #managed = new Map<Pom, Managed>()

  /** @param texts POMs by path; broken ones stand by the fault they are refused with when they are read by themselves */
  constructor(texts: Iterable<readonly [string, string]>) {
    for (const [path, text] of texts) {
      try {
        const pom = readPom(path, text)
        this.#poms.set(path, pom)
        const group = pom.group ?? pom.parent?.group
        if (group && !this.#byName.has(`${group}:${pom.artifact}`)) this.#byName.set(`${group}:${pom.artifact}`, pom)
      } catch {
        continue
      }
    }
  }

  /** `group:artifact` of a POM; null when it is broken or its group is not known here. */
  nameOf(path: string): string | null {
    const pom = this.#poms.get(path)
    const group = pom && (pom.group ?? pom.parent?.group)
    return group ? filledIn(`${group}:${pom.artifact}`, this.#familyOf(pom)) : null
  }

  /** Throws when the POM cannot be read. */
  graphOf(path: string, text: string): PackageGraph {
    const pom = this.#poms.get(path) ?? readPom(path, text)
    const family = this.#familyOf(pom)
    const packages: Locked[] = []
    const asks = inherited(family).flatMap((dependency) => {
      const name = filledIn(`${dependency.group}:${dependency.artifact}`, family)
      if (name === null || dependency.scope === 'import') return []
      const outside = new Set<string>()
      const managed = this.#managedVersion(family, name, outside, new Set())
      const local = this.#byName.has(name) ? { local: 'folder' as const } : {}
      const known = versionOf(dependency.version === null ? managed : { text: dependency.version, family }, outside)
      return [
        {
          package: packages.push({ name, needs: [], ...local, ...known }) - 1,
          development: (dependency.scope ?? managed?.scope) === 'test',
        },
      ]
    })
    return { ecosystem: 'maven', packages, projects: [{ folder: folderOf(path), asks }] }
  }

  #parentOf({ parent }: Pom): Pom | null {
    if (!parent) return null
    const near = parent.path === null ? undefined : this.#poms.get(parent.path)
    return near?.artifact === parent.artifact ? near : (this.#byName.get(`${parent.group}:${parent.artifact}`) ?? null)
  }

  #familyOf(pom: Pom): Family {
    const kept = this.#families.get(pom)
    if (kept) return kept
    const line = [pom]
    for (let at = this.#parentOf(pom); at && line.length < DEEPEST; at = this.#parentOf(at)) line.push(at)
    const { parent } = line.at(-1)!
    const family = { pom, line, outside: parent && line.length < DEEPEST ? `the parent ${parent.group}:${parent.artifact}` : null }
    this.#families.set(pom, family)
    return family
  }

  /**
   * What the parents and the imported lists decide of a name, each in the words of the POM it is asked for.
   * @param outside gets who else might, and is not here
   * @param seen lists that were looked into: they may import each other
   */
  #managedVersion(family: Family, name: string, outside: Set<string>, seen: Set<Pom>): Decided | null {
    for (const pom of family.line) {
      const { versions, lists } = this.#managedIn(pom)
      const found = versions.get(name)
      if (found) return { text: found.version, scope: found.scope, family }
      for (const list of lists) {
        const there = this.#byName.get(list)
        if (!there) outside.add(`the list ${list}`)
        if (!there || seen.has(there) || seen.size > MOST_LISTS) continue
        seen.add(there)
        const decided = this.#managedVersion(this.#familyOf(there), name, outside, seen)
        if (decided) return decided
      }
    }
    if (family.outside !== null) outside.add(family.outside)
    return null
  }

  #managedIn(pom: Pom): Managed {
    const kept = this.#managed.get(pom)
    if (kept) return kept
    const managed: Managed = { versions: new Map(), lists: [] }
    for (const one of pom.managed) {
      const name = filledIn(`${one.group}:${one.artifact}`, this.#familyOf(pom))
      if (name === null) continue
      if (one.scope === 'import') managed.lists.push(name)
      else if (!managed.versions.has(name)) managed.versions.set(name, one)
    }
    this.#managed.set(pom, managed)
    return managed
  }
}

/** What a POM asks for, and what its parents ask for on its behalf. */
function inherited({ line }: Family): PomDependency[] {
  const found = new Map<string, PomDependency>()
  for (const pom of line)
    for (const one of pom.dependencies) {
      const key = `${one.group}:${one.artifact}`
      if (!found.has(key)) found.set(key, one)
    }
  return [...found.values()]
}

function versionOf(decided: Decided | null, outside: ReadonlySet<string>): Pick<Locked, 'version' | 'asked' | 'because'> {
  if (decided?.text == null) {
    const because =
      outside.size === 0
        ? 'no POM of this repository states one'
        : `${[...outside].slice(0, 3).join(' or ')} decides it, outside this repository`
    return { version: null, because }
  }
  const version = filledIn(decided.text, decided.family)
  if (version === null) return { version: null, asked: decided.text, because: 'a property of it is not set in this repository' }
  return RANGE.test(version) ? { version: null, asked: version, because: 'it is a range' } : { version }
}

/** A text with its `${properties}`; null when one of them is not set here. */
function filledIn(text: string, { pom, line }: Family): string | null {
  let filled = text
  for (let depth = 0; filled.includes('${'); depth++) {
    if (depth === DEEPEST || filled.length > 1_000) return null
    let isKnown = true
    filled = filled.replace(/\$\{([^}]*)\}/g, (_, key: string) => {
      const value = line.find(({ properties }) => properties.has(key))?.properties.get(key) ?? ownProperty(pom, key)
      if (value === null) isKnown = false
      return value ?? ''
    })
    if (!isKnown) return null
  }
  return filled
}

function ownProperty({ group, artifact, version, parent }: Pom, key: string): string | null {
  switch (key.replace(/^pom\./, 'project.')) {
    case 'project.groupId':
      return group ?? parent?.group ?? null
    case 'project.artifactId':
      return artifact
    case 'project.version':
    case 'version':
      return version ?? parent?.version ?? null
    case 'project.parent.version':
      return parent?.version ?? null
    case 'project.parent.groupId':
      return parent?.group ?? null
    default:
      return null
  }
}
