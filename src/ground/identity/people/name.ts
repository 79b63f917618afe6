/** The words a name is made of, in small letters: `Rosa.Ferry` and `rosa ferry` are the same two. */
export function wordsOf(name: string): string[] {
  return name.normalize('NFC').toLowerCase().match(WORD) ?? []
}

/** A run of letters and digits. */
export const WORD = /[\p{L}\p{N}]+/gu

/** What may stand between the words of one name in a text. */
export const BETWEEN = /^[^\p{L}\p{N}\n]{1,3}$/u

const GITHUB = /^(?:\d+\+)?([a-z0-9](?:[a-z0-9-]{0,38}))@users\.noreply\.github\.com$/
const GITLAB = /^\d+-([a-z0-9][a-z0-9_.-]{0,254})@users\.noreply\.gitlab\.com$/

/**
 * The handle a forge's stand-in for a mail address belongs to; null for any other name. The forges document the form:
 * docs.github.com "Setting your commit email address", docs.gitlab.com "Use an automatically generated private commit email".
 */
export function handleIn(person: string): string | null {
  const name = person.trim().toLowerCase()
  return (GITHUB.exec(name) ?? GITLAB.exec(name))?.[1] ?? null
}
