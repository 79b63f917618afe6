import { toRef } from '../../../ground/core/index.ts'
import { clip } from '../log/text.ts'
import { valuesOf } from './trailers.ts'

/** Letters before a dash and number that are standards and encodings, not projects of an issue tracker. */
const NOT_PROJECTS = new Set(
  `
    AES ANSI ARM ASCII BASE BIG BSD BUG CI COVID CP CRC CVE CWE DES DSA ECMA ED EN ES EUC FIPS GB GHSA GMT GPL HMAC HTTP
    IEC IEEE IPV ISO ISSUE JDK JEP JSR KOI LATIN LGPL MD MIT MPL NIST NODE OSI OTP PART PEP PHASE PHP PKCS PORT PR PSR RFC
    RSA SHA SHIFT SSL STEP TLS TOP UCS UTC UTF WCAG WIN WINDOWS X
  `
    .trim()
    .split(/\s+/),
)

const ISSUE_KEY = /(?<![\w.&/-])([A-Z][A-Z0-9_]{1,15})-([1-9]\d{0,8})(?![\w]|-\d|\.\d)/g
const NUMBER = /(?<![\w&/.#])#([1-9]\d{0,9})(?![\w-])/g
/** Another way to write `#12`. */
const GITHUB_KEY = /(?<![\w&/.#-])GH-([1-9]\d{0,9})(?![\w-])/gi
const DECISION = /(?<![\w-])ADR[- _#]?(\d{1,6})(?![\w.])/gi
/** Kinds of things a text may name by full reference: others look too much like a title's `scope:`. */
const FULL_REF =
  /(?<![\w:./-])(?:outcome|decision|principle|investment|capability|platform|risk|initiative|incident):(?:[a-z0-9-]+\/)?[a-z0-9](?:[\w.-]*[a-z0-9])?/gi

const MOST = 1_000
const LONGEST = 2_000
/** Characters of a text that are looked at; nobody names work further down. */
const READ = 20_000

/**
 * What a text names: issue keys (`ABC-123`), numbers of issues and pull requests (`#12`), decision records (`ADR-0007`),
 * and full references of intent (`outcome:default/faster`). In the order they stand, each once.
 */
export function referencesIn(whole: string): string[] {
  const text = clip(whole, READ)
  const found: { at: number; ref: string }[] = []
  for (const match of text.matchAll(ISSUE_KEY))
    if (!NOT_PROJECTS.has(match[1]!) && match[1] !== 'ADR' && match[1] !== 'GH') found.push({ at: match.index, ref: match[0] })
  for (const match of text.matchAll(GITHUB_KEY)) found.push({ at: match.index, ref: `#${match[1]}` })
  for (const match of text.matchAll(NUMBER)) found.push({ at: match.index, ref: `#${match[1]}` })
  for (const match of text.matchAll(DECISION)) found.push({ at: match.index, ref: `ADR-${match[1]!.padStart(4, '0')}` })
  for (const match of text.matchAll(FULL_REF)) {
    const ref = toRef(match[0])
    if (ref.ok) found.push({ at: match.index, ref: ref.value })
  }
  return unique(found.sort((one, other) => one.at - other.at).map(({ ref }) => ref))
}

/**
 * What the trailers of intent name: `Serves:` an outcome, `Implements:` a work item, decision or investment, `Fixes:` an
 * incident, issue or commit. A bare name after `Serves:` is an outcome's; other words are kept as they stand.
 */
export function referencesOfTrailers(trailers: readonly (readonly [string, string])[]): string[] {
  const served = valuesOf(trailers, 'serves')
    .flatMap((value) => value.split(/[\s,;]+/))
    .map((name) => {
      const ref = toRef(name, { kind: 'outcome' })
      return ref.ok ? ref.value : name
    })
  const others = valuesOf(trailers, 'implements', 'fixes').flatMap(namedBy)
  return unique([...served, ...others].filter(Boolean).map((ref) => clip(ref, LONGEST)))
}

/** References in the value of a trailer; after a commit's name (`Fixes: 1a2b3c4 ("title")`) stands only its title. */
function namedBy(value: string): string[] {
  const commit = /^[0-9a-f]{7,64}\b/.exec(value)
  if (commit) return [commit[0]]
  const plain = value.replace(/\s*\(".*$/, '').trim()
  const found = referencesIn(plain)
  if (found.length > 0) return found
  return /\s/.test(plain) && !plain.includes(',') ? [plain] : plain.split(/[\s,;]+/)
}

/** `Serves:` and its kin anywhere in a message: a squash merge carries the trailers of its commits in its middle. */
export function intentTrailersIn(message: string): [string, string][] {
  return [...clip(message, READ).matchAll(/^[ \t]*(Serves|Implements|Fixes):[ \t]*(\S.*?)[ \t]*$/gim)].map((match) => [
    match[1]!,
    match[2]!,
  ])
}

export function unique(refs: readonly string[]): string[] {
  return [...new Set(refs)].slice(0, MOST)
}
