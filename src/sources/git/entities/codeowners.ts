import { type Ref, toRef } from '../../../ground/core/index.ts'
import { fits, type PathPattern, readPattern } from '../files/glob.ts'
import { referenceName } from './name.ts'

/** Where hosts look, first found wins (docs.github.com "About code owners", docs.gitlab.com "Code Owners"). */
export const CODEOWNERS_PLACES: readonly string[] = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS', '.gitlab/CODEOWNERS']

export interface OwnerRule {
  pattern: string
  owners: Ref[]
}

export interface CodeOwners {
  /** The file it was read from. */
  file: string
  rules: OwnerRule[]
  /** The last rule that fits a file or folder, and its line. */
  ruleFor(path: string): (OwnerRule & { line: number }) | undefined
  /** Owners of a file or folder: those of the last rule that fits; none when that rule names nobody. */
  ownersOf(path: string): Ref[]
}

const MOST_RULES = 5_000

/**
 * Reads a CODEOWNERS file of GitHub or GitLab. `@org/team` is a group, `@name` and a mail address a user; the owners of
 * a GitLab section stand for its rules that name none.
 */
export function readCodeOwners(text: string, file = 'CODEOWNERS'): CodeOwners {
  const rules: (OwnerRule & { line: number; matches: (path: readonly string[]) => boolean })[] = []
  let sectionOwners: Ref[] = []
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const plain = line.replace(/(^|\s)#.*$/, '').trim()
    const section = /^\^?\[[^\]]+\](?:\[\d+\])?(.*)$/.exec(plain)
    if (section) sectionOwners = ownersIn(section[1]!)
    else if (plain !== '' && rules.length < MOST_RULES) {
      const match = /^((?:\\.|[^\s\\])+)(.*)$/.exec(plain)
      if (!match) continue
      const pattern = match[1]!.replace(/\\([ #@])/g, '$1')
      const owners = ownersIn(match[2]!)
      rules.push({ pattern, owners: owners.length > 0 ? owners : sectionOwners, line: index + 1, matches: matcherOf(pattern) })
    }
  }
  const ruleFor = (path: string) => rules.findLast((rule) => rule.matches(path.split('/')))
  return {
    file,
    rules: rules.map(({ pattern, owners }) => ({ pattern, owners })),
    ruleFor,
    ownersOf: (path) => ruleFor(path)?.owners ?? [],
  }
}

/** Patterns follow gitignore: without an inner slash they fit at any depth; a folder stands for all inside it. */
function matcherOf(pattern: string): (path: readonly string[]) => boolean {
  const anchored = pattern.replace(/\/+$/, '').includes('/')
  const onlyChildren = /(?:^|\/)\*$/.test(pattern) && anchored
  const read: PathPattern = readPattern(anchored ? pattern : `**/${pattern}`)
  return (path) => fits(read, path, !onlyChildren)
}

function ownersIn(text: string): Ref[] {
  return text.split(/\s+/).flatMap((word) => {
    const ref = ownerOf(word)
    return ref ? [ref] : []
  })
}

function ownerOf(word: string): Ref | null {
  const team = /^@[\w.-]+(?:\/[\w.-]+)*\/([\w.-]+)$/.exec(word)
  const user = /^@([\w.-]+)$/.exec(word) ?? /^([^@\s]+)@[^@\s]+\.[^@\s]+$/.exec(word)
  const name = referenceName(team?.[1] ?? user?.[1] ?? '')
  if (!name) return null
  const ref = toRef(`${team ? 'group' : 'user'}:default/${name}`)
  return ref.ok ? ref.value : null
}
