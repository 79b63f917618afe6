import { createHmac } from 'node:crypto'

/** Names that pass unchanged: pseudonyms, and refs of people and groups. */
const NAMED_ALREADY = /^(?:person:(?:[0-9a-f]{16}|erased)|(?:user|group):[a-z0-9-]{1,63}\/[a-z0-9][a-z0-9_.-]{0,62})$/
const SHORT_REF = /^(user|group):([a-z0-9][a-z0-9_.-]{0,62})$/
const MAIL = /<([^<>\s]+@[^<>\s]+)>/
/** Names remembered at most; a large organisation's authors fit. */
const REMEMBERED = 50_000

/**
 * Makes stable pseudonyms: `person:` and 64 bits of HMAC-SHA256 (RFC 2104) of the mail address, handle or actor, in lower
 * case. Of "Name <mail>" only the mail counts, so that one person has one pseudonym. Only who has the key can tell
 * whether a name they know belongs to a pseudonym.
 */
export function pseudonyms(key: Buffer): { pseudonym(person: string): string; forget(): void } {
  const remembered = new Map<string, string>()
  return {
    pseudonym(person) {
      const known = remembered.get(person)
      if (known) return known
      const pseudonym = pseudonymOf(key, person)
      if (remembered.size >= REMEMBERED) remembered.clear()
      remembered.set(person, pseudonym)
      return pseudonym
    },
    forget: () => remembered.clear(),
  }
}

function pseudonymOf(key: Buffer, person: string): string {
  const name = (MAIL.exec(person)?.[1] ?? person).trim().normalize('NFC').toLowerCase()
  if (NAMED_ALREADY.test(name)) return name
  const short = SHORT_REF.exec(name)
  if (short) return `${short[1]}:default/${short[2]}`
  return `person:${createHmac('sha256', key).update(name).digest('hex').slice(0, 16)}`
}
