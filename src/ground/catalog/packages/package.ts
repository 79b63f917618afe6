import type { Ref } from '../../core/index.ts'

/** Where a package comes from, as package URLs name it (`pkg:<type>/…`). */
export const ECOSYSTEMS = ['cargo', 'golang', 'maven', 'npm', 'pypi'] as const
export type Ecosystem = (typeof ECOSYSTEMS)[number]

/** One package in one version, as one file tells it, with the components that are built of it. */
export interface PackageUse {
  name: string
  /** Null where the file does not fix one; `because` says why, `asked` what is asked for instead. */
  version: string | null
  /** A range as written. */
  asked?: string
  because?: string
  /** It is another part of the same repository. */
  local?: boolean
  /** Components that ask for it themselves. */
  direct: Ref[]
  /** Components that only get it through others. */
  through: Ref[]
  /** Components that have it, where nothing says who asks for it. */
  untold: Ref[]
  /** Of all these, the components that need it for development alone, as far as files say so. */
  development: Ref[]
}

/** A lock file or manifest of a repository, and what it says. */
export interface PackageFile {
  file: string
  ecosystem: Ecosystem
  /** Whom it tells of: components, or the repository where no component is found. */
  components: Ref[]
  uses: PackageUse[]
  /** Why nothing in it counts; its packages are unknown then, not none. */
  unread?: string
}

/** Under which name others can ask for a component. */
export interface Publication {
  component: Ref
  ecosystem: Ecosystem
  name: string
  file: string
  /** Never published: only its own repository can ask for it. */
  private?: boolean
}

/** All that one repository tells of packages. */
export interface ToldPackages {
  files: PackageFile[]
  publications: Publication[]
}

/** What was learned: rows begun and ended. All zero when everything says what it said before. */
export interface ToldDifference {
  files: number
  begun: number
  ended: number
}
