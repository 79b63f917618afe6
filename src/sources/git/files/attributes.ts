import { fits, type PathPattern, readPattern } from './glob.ts'

/** What `.gitattributes` files say about who wrote a path; undefined where they say nothing. */
export type WrittenBy = (path: string) => 'machine' | 'people' | undefined

interface Rule {
  /** Folder of the file the rule stands in, as segments. */
  folder: readonly string[]
  pattern: PathPattern
  anywhere: boolean
  attribute: 'generated' | 'vendored'
  value: boolean
}

const MOST_RULES = 1_000
const ATTRIBUTE = /^([-!]?)linguist-(generated|vendored)(?:=(true|false|1|0))?$/

/**
 * Reads `linguist-generated` and `linguist-vendored` of all `.gitattributes` of a tree (gitattributes, github-linguist
 * overrides): the last rule that fits wins, a deeper file over a shallower one.
 */
export function readAttributes(files: readonly { path: string; text: string }[]): WrittenBy {
  const rules = files
    .map(({ path, text }) => ({ folder: path.split('/').slice(0, -1), text }))
    .sort((one, other) => one.folder.length - other.folder.length)
    .flatMap(({ folder, text }) =>
      text
        .split(/\r?\n/)
        .slice(0, 10_000)
        .flatMap((line) => rulesOf(line, folder)),
    )
    .slice(-MOST_RULES)
    .reverse()
  if (rules.length === 0) return () => undefined
  return (path) => {
    const segments = path.split('/')
    const said = (attribute: Rule['attribute']) => rules.find((rule) => rule.attribute === attribute && applies(rule, segments))?.value
    const [generated, vendored] = [said('generated'), said('vendored')]
    if (generated || vendored) return 'machine'
    return generated === false || vendored === false ? 'people' : undefined
  }
}

function rulesOf(line: string, folder: readonly string[]): Rule[] {
  const match = /^\s*("(?:[^"\\]|\\.)*"|[^\s#"]\S*)\s+(.*)$/.exec(line)
  if (!match || match[1]!.endsWith('/')) return [] // a pattern for a folder never fits a file
  const written = match[1]!.startsWith('"') ? match[1]!.slice(1, -1).replace(/\\(.)/g, '$1') : match[1]!
  if (written.startsWith('!')) return []
  return match[2]!.split(/\s+/).flatMap((word) => {
    const attribute = ATTRIBUTE.exec(word)
    if (!attribute || attribute[1] === '!') return []
    const value = attribute[1] !== '-' && attribute[3] !== 'false' && attribute[3] !== '0'
    return [
      {
        folder,
        pattern: readPattern(written),
        anywhere: !written.includes('/'),
        attribute: attribute[2] === 'generated' ? ('generated' as const) : ('vendored' as const),
        value,
      },
    ]
  })
}

function applies(rule: Rule, path: readonly string[]): boolean {
  if (path.length <= rule.folder.length || rule.folder.some((segment, index) => path[index] !== segment)) return false
  return fits(rule.pattern, rule.anywhere ? path.slice(-1) : path.slice(rule.folder.length))
}
