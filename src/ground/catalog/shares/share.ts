import type { Ref } from '../../core/index.ts'

/** The evidence that tells of one thing: which subjects, and which share of a repository's files. */
export interface SubjectShare {
  /** The ref asked for. */
  ref: Ref
  /** Subjects evidence may carry for it, aliases included. */
  subjects: Ref[]
  /** Repository whose commits tell of it, when there is one. */
  repository?: Ref
  /** Path prefix inside the repository, without a slash at the ends; all of it when left out. */
  path?: string
  /** Paths below it that belong to other components: the longest path wins. */
  except?: string[]
  /** How its deployments are known: version tags (with prefix), every commit on main, or explicit events only. */
  deployments: { by: 'tags'; prefix?: string } | { by: 'main' } | { by: 'events' }
}

/** A component that lives in a repository; without a path it is all of it. */
export interface Resident {
  ref: Ref
  repository: Ref
  path: string | null
}
