import type { Ecosystem } from '../../../ground/catalog/index.ts'
import { readBunLock } from './bun-lock.ts'
import { cargoPinned, readCargoLock, readCargoToml } from './cargo.ts'
import { readGoMod } from './go-mod.ts'
import { readGradleLock } from './gradle-lock.ts'
import { graphOfWishes, type PackageGraph, type Place, type Wish } from './graph.ts'
import type { Poms } from './maven.ts'
import { readNpmLock } from './npm-lock.ts'
import { isLocalRange, npmAlias, npmPinned, readPackageJson } from './npm-manifest.ts'
import { readPnpmLock } from './pnpm-lock.ts'
import { readPyProject } from './pyproject.ts'
import { pipfileWishes, readPdmLock, readPipfileLock, readPoetryLock, readPyLock, readUvLock } from './python-locks.ts'
import { pythonPinned } from './python-names.ts'
import { readRequirements } from './requirements.ts'
import { readYarnLock } from './yarn-lock.ts'

/** A kind of file that tells packages. */
interface Format {
  file: RegExp
  ecosystem: Ecosystem
  /**
   * What a lock file says of a folder stands for what its manifest would say; a list stands by itself beside both.
   */
  role: 'lock' | 'manifest' | 'list'
  read: (text: string, place: Place, poms: Poms) => PackageGraph
}

const FORMATS: readonly Format[] = [
  { file: /^npm-shrinkwrap\.json$/, ecosystem: 'npm', role: 'lock', read: readNpmLock },
  { file: /^package-lock\.json$/, ecosystem: 'npm', role: 'lock', read: readNpmLock },
  { file: /^yarn\.lock$/, ecosystem: 'npm', role: 'lock', read: readYarnLock },
  { file: /^pnpm-lock\.yaml$/, ecosystem: 'npm', role: 'lock', read: readPnpmLock },
  { file: /^bun\.lock$/, ecosystem: 'npm', role: 'lock', read: readBunLock },
  { file: /^Cargo\.lock$/, ecosystem: 'cargo', role: 'lock', read: readCargoLock },
  { file: /^poetry\.lock$/, ecosystem: 'pypi', role: 'lock', read: readPoetryLock },
  { file: /^uv\.lock$/, ecosystem: 'pypi', role: 'lock', read: readUvLock },
  { file: /^pdm\.lock$/, ecosystem: 'pypi', role: 'lock', read: readPdmLock },
  { file: /^pylock(?:\.[^.]+)?\.toml$/, ecosystem: 'pypi', role: 'lock', read: readPyLock },
  { file: /^Pipfile\.lock$/, ecosystem: 'pypi', role: 'lock', read: readPipfileLock },
  { file: /^go\.mod$/, ecosystem: 'golang', role: 'list', read: readGoMod },
  { file: /^(?:buildscript-)?gradle\.lockfile$/, ecosystem: 'maven', role: 'list', read: readGradleLock },
  { file: /^pom\.xml$/, ecosystem: 'maven', role: 'list', read: (text, place, poms) => poms.graphOf(place.path, text) },
  { file: /^requirements(?:[-_.][\w.-]+)?\.txt$/, ecosystem: 'pypi', role: 'list', read: readRequirements },
  { file: /^[\w.-]+[-_.]requirements\.txt$/, ecosystem: 'pypi', role: 'list', read: readRequirements },
  { file: /^package\.json$/, ecosystem: 'npm', role: 'manifest', read: (text, place) => ofPackageJson(text, place) },
  {
    file: /^Cargo\.toml$/,
    ecosystem: 'cargo',
    role: 'manifest',
    read: (text, place) => graphOfWishes('cargo', place.folder, valid(readCargoToml(text)).wishes, cargoPinned),
  },
  {
    file: /^pyproject\.toml$/,
    ecosystem: 'pypi',
    role: 'manifest',
    read: (text, place) => graphOfWishes('pypi', place.folder, readPyProject(text).wishes, pythonPinned),
  },
  {
    file: /^Pipfile$/,
    ecosystem: 'pypi',
    role: 'manifest',
    read: (text, place) => graphOfWishes('pypi', place.folder, valid(pipfileWishes(text)), pythonPinned),
  },
]

/** A lock file that says more than the manifest beside it, and is not read here: it is no text. */
export const UNREAD_LOCKS = /^bun\.lockb$/

/** The format of a file by its place; null when it tells nothing of packages. Lists of requirements may lie in a folder of that name. */
export function formatOf(path: string): Format | null {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const found = FORMATS.find(({ file }) => file.test(name))
  if (found) return found
  return /(?:^|\/)requirements\/(?:[\w.-]+\/)*[\w.-]+\.txt$/.test(path) ? FORMATS.find(({ read }) => read === readRequirements)! : null
}

function ofPackageJson(text: string, place: Place): PackageGraph {
  const wishes = readPackageJson(text).wishes.map((wish): Wish => {
    const alias = npmAlias(wish.range)
    return alias ? { ...wish, ...alias } : wish
  })
  const graph = graphOfWishes('npm', place.folder, wishes, npmPinned)
  return { ...graph, packages: graph.packages.map((one) => (isLocalRange(one.asked ?? '') ? { ...one, local: 'folder' as const } : one)) }
}

function valid<T>(read: T | null): T {
  if (read === null) throw new Error('it is not valid TOML')
  return read
}
