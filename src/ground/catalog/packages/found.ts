import type { Instant, Ref } from '../../core/index.ts'
import type { Ecosystem } from './package.ts'

export interface PackagesAsk {
  /** The beginning of a name, or of its part behind scope, group or path; all of it with `exact`. */
  name?: string
  exact?: boolean
  ecosystem?: Ecosystem
  /** A version, or its first parts: `2.17` is 2.17 and 2.17.1. */
  version?: string
  /** A component, or a repository with all its components. */
  component?: Ref
  limit: number
  offset: number
}

export type PackageRelation = 'direct' | 'through' | 'untold'

/** One component that has a package, as one file tells it. */
export interface PackageUser {
  ref: Ref
  /** Null when the catalogue does not know it. */
  title: string | null
  /** `untold` where nothing says who asks for it. */
  how: PackageRelation
  development: boolean
  repository: Ref
  file: string
}

export interface UsedVersion {
  /** Null where a file fixes none: `asked` is a range, `because` says why. */
  version: string | null
  asked: string | null
  because: string | null
  /** Another part of the same repository. */
  local: boolean
  users: PackageUser[]
}

export interface UsedPackage {
  ecosystem: Ecosystem
  name: string
  /** Components and repositories that have it, each once. */
  used: number
  versions: UsedVersion[]
  /** Users left out of `versions`, since they are too many. */
  more: number
}

export interface PackagesFound {
  total: number
  packages: UsedPackage[]
}

/** What one component is built of, counted, and the files that say it. */
export interface BuiltOf {
  packages: number
  direct: number
  /** As far as files say so. */
  development: number
  files: { repository: Ref; file: string; ecosystem: Ecosystem; unread: string | null; learned: Instant }[]
}
