import { type RecordReference, referencesIn } from './references.ts'

/** One record saying that it replaces another, or is replaced by it. */
export interface Statement {
  direction: 'supersedes' | 'supersededBy'
  target: RecordReference
  line: number
}

/** adr-tools spells it with a c, people spell it as they like. */
const BY =
  /\b(?:super[sc]{1,2}e{1,2}ded|replaced|obsoleted|overruled|overridden)\s+(?:entirely |partly |partially |in part )?(?:by|with|in favou?r of)\b/gi
const ACTIVE = /\b(?:super[sc]{1,2}e{1,2}d(?:es|s)|replaces|obsoletes|overrides)\b/gi
const STOP = /\b(?:super[sc]{1,2}e{1,2}d|replace|obsolete|amend|clarif|relate|refine|extend)/i
const SELF = /\bthis (?:adr|decision|record|rfc|document)\b/i

/** What a line about the status says: `Superseded by [17. Title](0017-title.md)`, `Supercedes ADR-3`. */
export function statementsIn(text: string, line: number): Statement[] {
  return [...said(text, BY, 'supersededBy', line), ...said(text, ACTIVE, 'supersedes', line)]
}

/** What a sentence of prose says of its own record: `This ADR in part supersedes [0003](0003-x.md)`. Only with a link. */
export function proseStatements(text: string, line: number): Statement[] {
  if (!SELF.test(text) || !text.includes('](')) return []
  return statementsIn(text, line).filter(({ target }) => target.file !== undefined)
}

/** True for a line that speaks of replacing at all. */
export function speaksOfSuperseding(text: string): boolean {
  return /super[sc]{1,2}e{1,2}d|replace|obsolete|overr(?:ul|id)/i.test(text)
}

function said(text: string, words: RegExp, direction: Statement['direction'], line: number): Statement[] {
  return [...text.slice(0, 20_000).matchAll(words)].flatMap((match) => {
    const after = text.slice(match.index + match[0].length, match.index + match[0].length + 1_000).replace(/^[\s:]+/, '')
    const stop = STOP.exec(after.replaceAll(/\([^()]*\)|\[[^[\]]*\]/g, (all) => ' '.repeat(all.length)))
    return referencesIn(stop ? after.slice(0, stop.index) : after).map((target) => ({ direction, target, line }))
  })
}
