const REVERTS_COMMIT = /^\s*This reverts (?:commit |merge )?([0-9a-f]{7,64})\b/im
const REVERTS_PULL = /^\s*Reverts (?:[\w.-]+\/[\w.-]+)?[#!](\d+)\b/im
const REVERT_TITLE = /^(?:\[[^\]]*\]\s*)?(?:revert\b|reverts?:|back(?:ed|s)? ?out\b|backout\b|rollback\b|roll back\b)/i

/**
 * What a message takes back: the commit after "This reverts commit", or `#12` after "Reverts owner/repository#12". Said
 * by the title or by the first paragraph below it; further down it tells of a step inside the same work.
 * @returns null when it takes back nothing, or does not say what
 */
export function revertedBy(message: string): string | null {
  if (!/revert/i.test(message)) return null // most messages, read no further
  const [title = '', ...rest] = message.split('\n')
  const body = rest.join('\n').trim()
  const said = isRevertTitle(title) ? body : (body.split(/\n\s*\n/, 1)[0] ?? '')
  const commit = REVERTS_COMMIT.exec(said)?.[1]
  if (commit) return commit.toLowerCase()
  const pull = isRevertTitle(title) ? (REVERTS_PULL.exec(said)?.[1] ?? numberQuotedIn(title)) : REVERTS_PULL.exec(said)?.[1]
  return pull ? `#${pull}` : null
}

/** Whether a title says that something is taken back: `Revert "…"`, `revert: …`, `Back out …`. */
export function isRevertTitle(title: string): boolean {
  return REVERT_TITLE.test(title.trim())
}

/** `Revert "Faster search (#12)" (#13)` takes back 12. */
function numberQuotedIn(title: string): string | undefined {
  return /^revert\s+["'“].*\(#(\d+)\)\s*["'”]/i.exec(title.trim())?.[1]
}
