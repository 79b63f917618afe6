import type { Person } from '../log/entry.ts'
import { clip } from '../log/text.ts'

const LONGEST = 400

/** How a person is named in records: the address in small letters, else the name, else `unknown`. */
export function personName({ name, email }: Person): string {
  return clip(email.trim().toLowerCase() || name.trim() || 'unknown', LONGEST)
}

/** How a program is named in records: by its name, which is kept readable. */
export function botName({ name, email }: Person): string {
  return clip(name.trim() || email.trim() || 'unknown bot', LONGEST)
}

/** Reads `Name <address>`; a bare address or name is read as what it looks like. */
export function readPerson(text: string): Person {
  const match = /^(.*?)\s*<([^<>]*)>?\s*$/s.exec(text)
  if (match) return { name: match[1]!, email: match[2]! }
  return text.includes('@') && !text.trim().includes(' ') ? { name: '', email: text.trim() } : { name: text.trim(), email: '' }
}
