import type { DecisionStatus } from '../../../ground/catalog/index.ts'
import { readDay } from './dates.ts'
import { plainText } from './inline.ts'
import { NEAREST } from './status-words.ts'

/** A status in one of our words, with the record's own words beside it where they say something else or more. */
export interface StatusRead {
  status: DecisionStatus
  /** Only when the record's words are not simply ours. */
  asWritten?: string
  /** No word in it is known. */
  unknown?: boolean
  /** The choices of a template were left in. */
  unfilled?: boolean
}

const ORDER: readonly DecisionStatus[] = ['superseded', 'deprecated', 'rejected', 'draft', 'proposed', 'accepted', 'not stated']
const WORDS = new Map(ORDER.flatMap((status) => NEAREST[status].map((word) => [word, status] as const)))
const LONGEST_WORDS = 4

/**
 * Reads what a record says about its status: one line, several paragraphs (adr-tools) or a dated history. Superseded
 * wins over all; in a history the latest date, without dates the last item of a list and the first line of plain text.
 * @param entries lines or list items of the status, in order
 */
export function readStatus(entries: readonly { text: string; listed: boolean }[]): StatusRead {
  const told = entries.map((entry) => ({ ...entry, plain: tidy(entry.text) })).filter((entry) => entry.plain !== '')
  if (told.length === 0) return { status: 'not stated' }
  if (told.some(({ text }) => choices(text))) return { status: 'not stated', asWritten: told[0]!.plain.slice(0, 200), unfilled: true }
  const known = told.flatMap(({ text, plain, listed }) => {
    const status = nearest(plain)
    const day = readDay(plain)
    return status ? [{ status, plain, text, listed, day: day.kind === 'day' ? day.day : '' }] : []
  })
  if (known.length === 0) return { status: 'not stated', asWritten: told[0]!.plain.slice(0, 200), unknown: true }
  const superseded = known.find(({ status, plain }) => status === 'superseded' && !/^(?:supersedes|supercedes)/i.test(plain))
  const dated = known.filter(({ day }) => day !== '')
  const latest = dated.length > 1 ? dated.reduce((a, b) => (b.day >= a.day ? b : a)) : known[0]!.listed ? known.at(-1)! : known[0]!
  const chosen = superseded ?? latest
  const asWritten = ownWords(chosen.plain, chosen.status)
  return asWritten === '' ? { status: chosen.status } : { status: chosen.status, asWritten }
}

/** The words left once ours, dates and the names of other records are taken out; empty when nothing of note is left. */
function ownWords(plain: string, status: DecisionStatus): string {
  const bare = plain.toLowerCase()
  if (bare === status) return ''
  const rest = bare
    .replace(status, '')
    .replace(status === 'superseded' ? /^\W*(?:by|with|in favou?r of)\b.*$/ : /^/, '')
    .replaceAll(/\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}/g, '')
    .replaceAll(/\b(?:on|at|since)\b/g, '')
  return /\p{L}/u.test(rest) || !bare.includes(status) ? plain.slice(0, 200) : ''
}

function nearest(plain: string): DecisionStatus | null {
  const words = plain
    .toLowerCase()
    .split(/[\s,;:()/–—]+/u)
    .filter(Boolean)
    .slice(0, 40)
  for (let at = 0; at < words.length; at += 1) {
    for (let length = Math.min(LONGEST_WORDS, words.length - at); length > 0; length -= 1) {
      const status = WORDS.get(
        words
          .slice(at, at + length)
          .join(' ')
          .replace(/[.!?]+$/, ''),
      )
      if (status) return status
    }
  }
  return null
}

/** Plain words without brackets, marks and pictures around them; of ticked boxes only the ticked ones. */
function tidy(text: string): string {
  const ticked = [...text.matchAll(/(?:^|\s)\[[xX]\]\s+([^[\]]{1,80})/g)].map((match) => match[1]!)
  const kept = ticked.length > 0 ? ticked.join(' ') : text.replace(/^\s*\[ \].*$/gm, '')
  return plainText(kept.replace(/^(?:status|state)\s*:/i, ''))
    .slice(0, 2_000)
    .replaceAll(/^[^\p{L}\p{N}]+|[^\p{L}\p{N})]+$/gu, '')
    .replace(/^([^(]*)\)$/, '$1')
    .trim()
}

/** `proposed | accepted | deprecated`: three or more of our words with bars between. */
function choices(text: string): boolean {
  const words = text.split(/\s*[|/]\s*/)
  return words.length >= 3 && words.filter((word) => nearest(tidy(word)) !== null).length >= 3
}
