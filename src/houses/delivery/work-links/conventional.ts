/**
 * The type and scope a title states: `feat(checkout)!: …` (conventionalcommits.org), or the first word of the tags some
 * teams use (`[docs] …`). Null when it states none.
 */
export function conventionalType(title: string): { type: string; scope: string | null } | null {
  const match = /^\s*(?:\[)?([a-z]+)(?:\(([^)]{1,60})\))?\]?!?:\s/i.exec(title) ?? /^\s*\[([a-z]+)()\]\s/i.exec(title)
  if (!match || !KNOWN.has(match[1]!.toLowerCase())) return null
  return { type: match[1]!.toLowerCase(), scope: match[2] || null }
}

/** Types that keep things going without changing what they do for anybody. */
export const UPKEEP_TYPES: ReadonlySet<string> = new Set([
  'chore',
  'ci',
  'build',
  'deps',
  'dep',
  'docs',
  'doc',
  'refactor',
  'test',
  'tests',
  'style',
  'release',
  'lint',
])

/** Types that repair what users met, or take it back. */
export const REPAIR_TYPES: ReadonlySet<string> = new Set(['fix', 'bugfix', 'hotfix', 'revert'])

const KNOWN = new Set([...UPKEEP_TYPES, ...REPAIR_TYPES, 'feat', 'feature', 'perf', 'sec', 'security', 'improvement'])
