import { parse as parseToml } from 'smol-toml'
import { fieldsOf } from '../entities/manifests.ts'
import { addTo, below, type Locked, type PackageGraph, type Place, type Project, type Wish } from './graph.ts'

type Fields = Record<string, unknown>

/**
 * `Cargo.lock`, versions 1 to 4 (doc.rust-lang.org/cargo/reference/resolver.html, `cargo::core::resolver::encode`): a
 * package without a source is part of the repository. Dependencies are named as briefly as is unambiguous: `name`,
 * `name 1.2.3` or `name 1.2.3 (source)`. Which of them are for development alone only `Cargo.toml` says.
 */
export function readCargoLock(text: string, place: Place): PackageGraph {
  const lock = fieldsOf(parseToml(text))
  const entries = [lock.root, ...(Array.isArray(lock.package) ? lock.package : [])]
    .map(fieldsOf)
    .filter(({ name }) => typeof name === 'string')
  if (entries.length === 0) throw new Error('it lists no packages')
  const packages = entries.map(({ name, version, source }): Locked => ({
    name: String(name),
    version: typeof version === 'string' ? version : null,
    needs: [],
    ...(typeof version === 'string' ? {} : { because: 'the lock file states none' }),
    ...(source === undefined ? { local: 'project' as const } : {}),
  }))
  const find = finderOf(entries)
  const members = membersBelow(place)
  const projects: Project[] = []
  entries.forEach((entry, at) => {
    const member = entry.source === undefined ? members.get(String(entry.name)) : undefined
    const wanted = (Array.isArray(entry.dependencies) ? entry.dependencies : []).flatMap((text: unknown) => {
      const found = typeof text === 'string' ? find(text) : undefined
      return found === undefined ? [] : [found]
    })
    const development = (one: number) => member?.development.has(packages[one]!.name) ?? false
    packages[at]!.needs.push(...wanted.filter((one) => !development(one)))
    if (member) projects.push({ folder: member.folder, asks: wanted.map((one) => ({ package: one, development: development(one) })) })
  })
  return { ecosystem: 'cargo', packages, projects }
}

function finderOf(entries: readonly Fields[]): (text: string) => number | undefined {
  const byName = new Map<string, number[]>()
  entries.forEach(({ name }, at) => addTo(byName, String(name), at))
  return (text) => {
    const [name = '', version, source] = text.split(' ')
    return (byName.get(name) ?? []).find(
      (at) =>
        (version === undefined || entries[at]!.version === version) &&
        (source === undefined || `(${String(entries[at]!.source)})`.startsWith(source.slice(0, -1).split('#')[0]!)),
    )
  }
}

/** Packages of the repository at and below the lock file, by name, with what they need for development alone. */
function membersBelow(place: Place): Map<string, { folder: string; development: Set<string> }> {
  const members = new Map<string, { folder: string; development: Set<string> }>()
  for (const folder of place.foldersWith('Cargo.toml')) {
    const manifest = readCargoToml(place.textOf(below(folder, 'Cargo.toml')) ?? '')
    if (manifest?.name == null || members.has(manifest.name)) continue
    const needed = new Set(manifest.wishes.flatMap(({ name, development }) => (development ? [] : [name])))
    const development = manifest.wishes.flatMap(({ name }) => (needed.has(name) ? [] : [name]))
    members.set(manifest.name, { folder, development: new Set(development) })
  }
  return members
}

export interface CargoManifest {
  name: string | null
  private: boolean
  wishes: Wish[]
}

/** A `Cargo.toml` (doc.rust-lang.org/cargo/reference/manifest.html); null when it is broken. */
export function readCargoToml(text: string): CargoManifest | null {
  let fields: Fields
  try {
    fields = fieldsOf(parseToml(text))
  } catch {
    return null
  }
  const { name, publish } = fieldsOf(fields.package)
  const tables = [fields, ...Object.values(fieldsOf(fields.target)).map(fieldsOf)]
  const wishes = tables.flatMap((table) => [
    ...wishesIn(table.dependencies, false),
    ...wishesIn(table['build-dependencies'], false),
    ...wishesIn(table['dev-dependencies'] ?? table.dev_dependencies, true),
  ])
  const isPrivate = publish === false || (Array.isArray(publish) && publish.length === 0)
  return { name: typeof name === 'string' ? name : null, private: isPrivate, wishes }
}

function wishesIn(table: unknown, development: boolean): Wish[] {
  return Object.entries(fieldsOf(table)).map(([key, value]) => {
    const { package: renamed, version } = fieldsOf(value)
    const range = typeof value === 'string' ? value : typeof version === 'string' ? version : ''
    return { name: typeof renamed === 'string' ? renamed : key, range, development }
  })
}

/** Cargo's `=1.2.3`; `1.2.3` alone is the range ^1.2.3. */
export function cargoPinned(range: string): string | null {
  return /^=\s*(\d+\.\d+\.\d+\S*)$/.exec(range.trim())?.[1] ?? null
}
