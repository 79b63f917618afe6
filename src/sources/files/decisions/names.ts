import { slugOf } from '../slug.ts'
import { dayOfFileName } from './dates.ts'

/** A name as a namespace: as a slug, without underscores. */
export function namespaceOf(text: string): string {
  return slugOf(text.replaceAll('_', '-')).replaceAll(/-{2,}/g, '-')
}

/** The number a record's file name begins with; a date is not one. */
export function numberOfFileName(name: string): number | null {
  if (dayOfFileName(name)) return null
  const match = /^(?:(?:m?adr|rfc|edr|dr|tdr|pdr|decision|record)[-_ .]*)?(\d{1,6})(?!\d)/i.exec(name)
  return match ? Number(match[1]) : null
}

/** The number a title begins with: `3. Title`, `ADR-0003: Title`, `RFC 3 - Title`. */
export function numberOfTitle(title: string): number | null {
  const match = TITLE_NUMBER.exec(title)
  return match ? Number(match[1] ?? match[2]) : null
}

/** A title without its number and without saying that it is a decision record. */
export function bareTitle(title: string): string {
  const bare = title
    .replace(TITLE_NUMBER, '')
    .replace(/^(?:architectur(?:e|al) decision(?: record)?|adr)\s*:\s*/i, '')
    .trim()
  return bare === '' ? title : bare
}

const TITLE_NUMBER =
  /^(?:\[?(?:m?adr|rfc|edr|tdr|decision(?: record)?|architectur(?:e|al) decision record)[-_ #:.]*(\d{1,6})\]?\s*(?:[:.–—|-]+\s*|\s+|$)|#?(\d{1,6})(?:[.):]\s+|\s+[–—-]\s+))/i

/** The words of a file name, for records that state no title. */
export function titleOfFileName(name: string): string {
  const words = name
    .replace(/^(?:(?:m?adr|rfc|decision)[-_ .]*)?\d+[-_ .]*/i, '')
    .replaceAll(/[-_]+/g, ' ')
    .trim()
  return words === '' ? name : words.charAt(0).toUpperCase() + words.slice(1)
}
