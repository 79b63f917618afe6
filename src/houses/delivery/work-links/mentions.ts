import { type Ref, refKind, toRef } from '../../../ground/core/index.ts'

/** Something a text names. */
export type Mention =
  | { of: 'entity'; ref: Ref }
  /** `ADR-0007`: a decision by its number. */
  | { of: 'decision'; number: number }
  /** `ABC-12` of an issue tracker, upper case; `#12` of the same repository. */
  | { of: 'key'; key: string }

/** Letters before a dash and number that are standards and encodings, not projects. */
const NOT_PROJECTS = new Set(
  'ADR AES ANSI ASCII BASE BSD COVID CP CRC CVE CWE ECMA EN ES GB GHSA GMT HMAC HTTP IEC IEEE ISO LATIN MD NIST PEP PKCS RFC RSA SHA SSL TLS UCS UTC UTF WCAG WIN X'.split(
    ' ',
  ),
)
const KEY = /(?<![\w.&/-])([A-Z][A-Z0-9_]{1,15})-([1-9]\d{0,8})(?![\w]|-\d|\.\d)/g
const IN_BRANCH = /(?<![a-z0-9])([a-z][a-z0-9_]{1,15})-([1-9]\d{0,8})(?![\w.]\d|[a-z0-9])/gi
const MERGED = /^Merge(?:d in (\S+) \(pull request | pull request #\d+ from [^\s/]+\/(\S+)| (?:remote-tracking )?branch '([^']+)')/
const NUMBER = /(?<![\w&/.#])#([1-9]\d{0,9})(?![\w-])/g
const DECISION = /(?<![\w-])(?:ADR|decision)[- _#]?(\d{1,6})(?![\w.]\d|\w)/gi
const ENTITY = /(?<![\w:./@-])(outcome|decision|investment):((?:[a-z0-9-]+\/)?[a-z0-9](?:[\w.-]{0,61}[a-z0-9])?)/gi

/**
 * What a text names: outcomes, decisions and investments by reference, decisions by number, issues by key or number.
 * In the order they stand, each once.
 * @param namespace completes references that leave it out
 */
export function mentionsIn(text: string, namespace: string): Mention[] {
  const found: { at: number; mention: Mention }[] = []
  for (const match of text.matchAll(ENTITY)) {
    const ref = toRef(match[0], { namespace })
    if (ref.ok) found.push({ at: match.index, mention: { of: 'entity', ref: ref.value } })
  }
  for (const match of text.matchAll(DECISION)) found.push({ at: match.index, mention: { of: 'decision', number: Number(match[1]) } })
  for (const match of text.matchAll(KEY))
    if (!NOT_PROJECTS.has(match[1]!)) found.push({ at: match.index, mention: { of: 'key', key: match[0] } })
  for (const match of text.matchAll(NUMBER)) found.push({ at: match.index, mention: { of: 'key', key: match[0] } })
  return unique(found.sort((a, b) => a.at - b.at).map(({ mention }) => mention))
}

/**
 * The issues a branch is named for, `feature/SHOP-12-labels` or `someone/eng-12-labels`: trackers propose both spellings.
 * Anything of that form counts; what names no issue leads nowhere.
 */
export function mentionsInBranch(branch: string): Mention[] {
  return unique(
    [...branch.matchAll(IN_BRANCH)].flatMap((match): Mention[] => {
      const project = match[1]!.toUpperCase()
      return NOT_PROJECTS.has(project) ? [] : [{ of: 'key', key: `${project}-${match[2]}` }]
    }),
  )
}

/** The branch a merge commit says it brought in, as git, GitHub and Bitbucket write it; null when it says none. */
export function mergedBranch(title: string): string | null {
  const match = MERGED.exec(title)
  return match ? (match[1] ?? match[2] ?? match[3] ?? null) : null
}

/**
 * What the value of a `Serves:`, `Implements:` or `Fixes:` trailer names. Names without a kind are read as `kind`, and
 * only when one stands alone or is known, so that prose names nothing.
 */
export function mentionsInTrailer(value: string, kind: 'outcome' | 'decision', namespace: string, known: (ref: Ref) => boolean): Mention[] {
  const words = value.split(/[,;\s]+/).filter(Boolean)
  const alone = words.length === value.split(/[,;]/).filter((part) => part.trim()).length
  return unique(
    words.flatMap((word): Mention[] => {
      const mentions = mentionsIn(word, namespace)
      if (mentions.length > 0) return mentions
      if (/^[0-9a-f]{7,64}$/i.test(word) || word.includes('/') || word.includes(':')) return fullName(word, kind, namespace)
      const ref = toRef(word, { kind, namespace })
      return ref.ok && (known(ref.value) || (alone && kind === 'outcome' && /^[a-z]/i.test(word))) ? [{ of: 'entity', ref: ref.value }] : []
    }),
  )
}

/** A label such as `outcome:faster`, `outcome/faster` or `Outcome = faster`. */
export function mentionInLabel(label: string, namespace: string): Mention | null {
  const match = /^(outcome|decision|investment)\s*[:/=]+\s*(\S+)$/i.exec(label.trim())
  const ref = match ? toRef(`${match[1]}:${match[2]}`, { namespace }) : null
  return ref?.ok ? { of: 'entity', ref: ref.value } : null
}

/** `namespace/name` of the kind assumed; anything else with a slash or colon is an address or a path. */
function fullName(word: string, kind: string, namespace: string): Mention[] {
  if (!/^[a-z0-9-]+\/[\w.-]+$/i.test(word)) return []
  const ref = toRef(word, { kind, namespace })
  return ref.ok && refKind(ref.value) === kind ? [{ of: 'entity', ref: ref.value }] : []
}

function unique(mentions: readonly Mention[]): Mention[] {
  return [...new Map(mentions.map((mention) => [JSON.stringify(mention), mention])).values()]
}
