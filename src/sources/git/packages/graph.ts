import type { Ecosystem } from '../../../ground/catalog/index.ts'

/** A package in a version, as a file tells it. */
export interface Locked {
  name: string
  /** Null where the file fixes none. */
  version: string | null
  /** A range as written, where there is no version. */
  asked?: string
  /** Why there is no version. */
  because?: string
  /** In the same repository: a project the file was made for, or merely a folder. */
  local?: 'project' | 'folder'
  /** The file itself says that only development needs it. */
  development?: boolean
  /** Places in the list of packages. */
  needs: number[]
}

/** Something a project asks for by name. */
export interface Asked {
  /** Place in the list of packages. */
  package: number
  development: boolean
}

/** A folder that is built with what a file tells. */
export interface Project {
  folder: string
  /** Null where nothing says what it asks for itself. */
  asks: Asked[] | null
}

/** What one file tells. Lists and numbers, since the largest have a hundred thousand packages and cycles among them. */
export interface PackageGraph {
  ecosystem: Ecosystem
  packages: Locked[]
  projects: Project[]
}

/** The file being read, and what stands around it in the repository. */
export interface Place {
  path: string
  /** Without a slash at the end; empty at the root. */
  folder: string
  /** The text of a manifest of the repository. */
  textOf(path: string): string | undefined
  /** Folders at or below this file's own that hold a manifest of this name, shallow ones first. */
  foldersWith(manifest: string): string[]
}

/** Something a manifest asks for, before it is known which version that is. */
export interface Wish {
  name: string
  /** As written; empty where anything will do. */
  range: string
  development: boolean
  /** Nothing is amiss when it is not there. */
  optional?: boolean
}

export const NO_LOCK = 'no lock file says which version is built in'
export const NOT_LOCKED = 'the lock file does not hold it'

/** A folder below another. */
export function below(folder: string, path: string): string {
  const segments = folder === '' ? [] : folder.split('/')
  for (const segment of path.split('/')) {
    if (segment === '..') segments.pop()
    else if (segment !== '.' && segment !== '') segments.push(segment)
  }
  return segments.join('/')
}

const MOST_ALIKE = 50

/** Adds to a list of a map; beyond fifty alike there is nothing left to tell apart, only a file made to take time. */
export function addTo<Key, Value>(lists: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [value])
  else if (list.length < MOST_ALIKE) list.push(value)
}

export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}

/**
 * What a manifest alone tells: direct asks, with a version only where it pins one.
 * @param pinned the version a range fixes; null when it leaves a choice
 */
export function graphOfWishes(
  ecosystem: Ecosystem,
  folder: string,
  wishes: readonly Wish[],
  pinned: (range: string) => string | null,
): PackageGraph {
  const packages = wishes.map(({ name, range }): Locked => {
    const version = pinned(range)
    return { name, version, needs: [], ...(version === null ? { asked: range, because: NO_LOCK } : {}) }
  })
  return { ecosystem, packages, projects: [{ folder, asks: wishes.map(({ development }, place) => ({ package: place, development })) }] }
}
