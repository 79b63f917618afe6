/** A tag that names a version. */
export interface VersionTag {
  /** What stands before the version, as written: a component's name; null when nothing or only `v`, `release-` and the like. */
  prefix: string | null
  version: string
  /** False for pre-releases, snapshots and anything else that is not a plain release. */
  released: boolean
}

/** Two numbers at least, divided by dots or by underscores, at the beginning or after a separator and perhaps a `v`. */
const VERSION = /(?<=^|[-_/@]|(?:^|[-_/@])[vVrR][-_.]?)(\d{1,9}(?:\.\d{1,9})+|\d{1,9}(?:_\d{1,9})+)(?![\d])/

/** Words before a version that name no component. */
const NO_COMPONENT = /^(?:v|r|rel|release|releases|version|versions|ver|tag|tags|stable|prod|production|live)$/i
/** Words before a version that say it never was meant for production. */
const NOT_PRODUCTION =
  /^(?:staging|stage|dev|develop|development|test|testing|qa|uat|nightly|nightlies|snapshot|snapshots|alpha|beta|rc|canary|preview|pre|prerelease|debug|ci|wip|tmp|old|archive|archived|backup|upstream|debian)$/i

/** What may follow a released version: nothing, build metadata (semver 10), a revision, a letter, or a word that says it is final. */
const RELEASED =
  /^(?:\+[\w.-]+|[-_.]?(?:final|ga|release|stable|lts|hotfix|hf|patch|fix|post|sp|update|u|p)[-_.]?\d*(?:\.\d+)*|[-_][1-9]\d*(?:\.\d+)*|[a-z])?$/i

/**
 * Reads `v1.2.3`, `1.2`, `release-1.2.3`, `name@1.2.3`, `name/v1.2.3`, `name-v1.2.3`, `name_1_2_3`. Pre-releases by
 * semver and PEP 440 (`-rc.1`, `b2`), and suffixes nobody can place, are versions that were not released.
 * @returns null when the tag names no version
 */
export function readVersionTag(tag: string): VersionTag | null {
  const match = VERSION.exec(tag)
  if (!match || /\p{Cc}/u.test(tag)) return null
  const before = tag
    .slice(0, match.index)
    .replace(/(^|[-_/@])[vVrR][-_.]?$/, '$1')
    .replace(/[-_/@]+$/, '')
  const after = tag.slice(match.index + match[1]!.length)
  const words = before.split(/[/]/)
  return {
    prefix: before === '' || NO_COMPONENT.test(before) ? null : before,
    version: match[1]! + after,
    released: RELEASED.test(after) && !words.some((word) => NOT_PRODUCTION.test(word)),
  }
}
