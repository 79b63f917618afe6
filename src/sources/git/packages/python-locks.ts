import { parse as parseToml } from 'smol-toml'
import { fieldsOf } from '../entities/manifests.ts'
import { addTo, type Asked, below, type Locked, NOT_LOCKED, type PackageGraph, type Place, type Project, type Wish } from './graph.ts'
import { pyProjectAt } from './pyproject.ts'
import { pypiName, pythonPinned, pythonWishes } from './python-names.ts'

type Fields = Record<string, unknown>

/**
 * `poetry.lock` (python-poetry.org/docs/basic-usage): what is needed by what; who asks stands in `pyproject.toml`. Groups
 * other than `main`, and the category `dev` of earlier versions, are for development.
 */
export function readPoetryLock(text: string, place: Place): PackageGraph {
  return withRequirements(packagesIn(text), place, ({ dependencies }) => Object.keys(fieldsOf(dependencies)).map(pypiName))
}

function isForDevelopment({ category, groups }: Fields): boolean {
  return category === 'dev' || (Array.isArray(groups) && groups.length > 0 && !groups.includes('main') && !groups.includes('default'))
}

/**
 * `pdm.lock` (pdm-project.org/en/latest/usage/lockfile): what is needed is written as requirements; a package with extras
 * stands beside itself without. The group `default` is what is built.
 */
export function readPdmLock(text: string, place: Place): PackageGraph {
  return withRequirements(packagesIn(text), place, ({ dependencies }) => pythonWishes(dependencies, false).map(({ name }) => name))
}

/** `pylock.toml` (packaging.python.org/en/latest/specifications/pylock-toml): what is needed is written as tables. */
export function readPyLock(text: string, place: Place): PackageGraph {
  const lock = fieldsOf(parseToml(text))
  if (lock['lock-version'] === undefined) throw new Error('it states no lock-version')
  const entries = (Array.isArray(lock.packages) ? lock.packages : []).map(fieldsOf).filter(({ name }) => typeof name === 'string')
  return withRequirements(entries, place, ({ dependencies }) =>
    (Array.isArray(dependencies) ? dependencies.map(fieldsOf) : []).flatMap(({ name }) =>
      typeof name === 'string' ? [pypiName(name)] : [],
    ),
  )
}

/** A lock that names what each package needs, and leaves to `pyproject.toml` who asks. */
function withRequirements(entries: readonly Fields[], place: Place, needed: (entry: Fields) => readonly string[]): PackageGraph {
  const packages = entries.map((entry) => lockedOf(entry, isForDevelopment(entry)))
  const find = finderOf(packages)
  entries.forEach((entry, at) => {
    for (const name of needed(entry)) packages[at]!.needs.push(...find(name))
  })
  const project = pyProjectAt(place, place.folder)
  return { ecosystem: 'pypi', packages, projects: [{ folder: place.folder, asks: project && asksOf(project.wishes, packages, find) }] }
}

/**
 * `uv.lock` (docs.astral.sh/uv/concepts/projects/layout): projects of the repository are packages whose source is a folder,
 * with their extras and groups resolved.
 */
export function readUvLock(text: string, place: Place): PackageGraph {
  const entries = packagesIn(text)
  const packages = entries.map((entry) => lockedOf(entry, false))
  const find = finderOf(packages)
  const placesOf = (list: unknown) =>
    (Array.isArray(list) ? list.map(fieldsOf) : []).flatMap(({ name, version }) =>
      typeof name === 'string' ? find(pypiName(name), typeof version === 'string' ? version : undefined) : [],
    )
  const listsOf = (table: unknown) => Object.values(fieldsOf(table)).flatMap(placesOf)
  const projects: Project[] = []
  entries.forEach((entry, at) => {
    const needed = [...placesOf(entry.dependencies), ...listsOf(entry['optional-dependencies'])]
    packages[at]!.needs.push(...needed)
    const folder = folderIn(fieldsOf(entry.source))
    if (folder === null) return
    packages[at]!.local = 'project'
    const forDevelopment = [...listsOf(entry['dev-dependencies']), ...listsOf(entry['dependency-groups'])]
    projects.push({ folder: below(place.folder, folder), asks: asksAt(needed, forDevelopment) })
  })
  return { ecosystem: 'pypi', packages, projects }
}

function folderIn(source: Fields): string | null {
  for (const kind of ['editable', 'virtual', 'directory']) {
    const folder = source[kind]
    if (typeof folder === 'string' && !folder.startsWith('/') && !folder.startsWith('..')) return folder
  }
  return null
}

/** `Pipfile.lock` (pipenv.pypa.io/en/latest/pipfile.html): two flat lists; who asks stands in the `Pipfile`. */
export function readPipfileLock(text: string, place: Place): PackageGraph {
  const lock = fieldsOf(JSON.parse(text))
  if (lock.default === undefined && lock.develop === undefined) throw new Error('it has neither default nor develop')
  const packages = Object.entries(lock).flatMap(([list, entries]) =>
    list === '_meta'
      ? []
      : Object.entries(fieldsOf(entries)).map(([name, entry]) => {
          const { version } = fieldsOf(entry)
          return lockedOf(
            { name, version: typeof version === 'string' ? (pythonPinned(version) ?? undefined) : undefined },
            list === 'develop',
          )
        }),
  )
  const pipfile = place.textOf(below(place.folder, 'Pipfile'))
  const wishes = pipfile === undefined ? null : pipfileWishes(pipfile)
  return { ecosystem: 'pypi', packages, projects: [{ folder: place.folder, asks: wishes && asksOf(wishes, packages, finderOf(packages)) }] }
}

/** What a `Pipfile` asks for; null when it is broken. */
export function pipfileWishes(text: string): Wish[] | null {
  try {
    return Object.entries(fieldsOf(parseToml(text))).flatMap(([list, entries]) =>
      list !== 'packages' && list !== 'dev-packages'
        ? []
        : Object.entries(fieldsOf(entries)).map(([name, value]): Wish => {
            const { version } = fieldsOf(value)
            const range = typeof value === 'string' ? value : typeof version === 'string' ? version : ''
            return { name: pypiName(name), range: range === '*' ? '' : range, development: list === 'dev-packages' }
          }),
    )
  } catch {
    return null
  }
}

function packagesIn(text: string): Fields[] {
  const lock = fieldsOf(parseToml(text))
  if (!Array.isArray(lock.package) && lock.metadata === undefined && lock.version === undefined) throw new Error('it lists no packages')
  return (Array.isArray(lock.package) ? lock.package : []).map(fieldsOf).filter(({ name }) => typeof name === 'string')
}

function lockedOf({ name, version }: Fields, development: boolean): Locked {
  return {
    name: pypiName(String(name)),
    version: typeof version === 'string' ? version : null,
    needs: [],
    ...(typeof version === 'string' ? {} : { because: 'the lock file states none' }),
    ...(development ? { development } : {}),
  }
}

type Find = (name: string, version?: string) => number[]

/** All of a name: one for each platform that needs another version. */
function finderOf(packages: readonly Locked[]): Find {
  const byName = new Map<string, number[]>()
  packages.forEach(({ name }, at) => addTo(byName, name, at))
  return (name, version) => {
    const named = byName.get(name) ?? []
    return version === undefined ? named : named.filter((at) => packages[at]!.version === version)
  }
}

function asksOf(wishes: readonly Wish[], packages: Locked[], find: Find): Asked[] {
  return wishes.flatMap(({ name, range, development }) => {
    const found = find(name)
    const places = found.length > 0 ? found : [packages.push({ name, version: null, asked: range, because: NOT_LOCKED, needs: [] }) - 1]
    return places.map((place) => ({ package: place, development }))
  })
}

function asksAt(needed: readonly number[], forDevelopment: readonly number[]): Asked[] {
  const asks = new Map(forDevelopment.map((at) => [at, { package: at, development: true }]))
  for (const at of needed) asks.set(at, { package: at, development: false })
  return [...asks.values()]
}
