import { createHash } from 'node:crypto'

const LONGEST = 63
const LETTERS: Record<string, string> = { ß: 'ss', æ: 'ae', ø: 'o', œ: 'oe', ł: 'l', đ: 'd', þ: 'th', ð: 'd' }

/**
 * A text as a name an entity can have: lower case, letters, digits, inner dashes and underscores, at most 63 characters.
 * What is longer is cut and ends in a piece of its hash, so that two long names stay two. A text without a single Latin
 * letter or digit is named by its hash alone.
 */
export function slugOf(text: string): string {
  const plain = text
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[ßæøœłđþð]/g, (letter) => LETTERS[letter] ?? '')
  const slug = plain.replaceAll(/[^a-z0-9_]+/g, '-').replaceAll(/^[-_]+|[-_]+$/g, '')
  const hash = () => createHash('sha256').update(text.normalize('NFC')).digest('hex').slice(0, 8)
  if (slug === '') return hash()
  return slug.length <= LONGEST ? slug : `${slug.slice(0, LONGEST - 9).replaceAll(/[-_]+$/g, '')}-${hash()}`
}
