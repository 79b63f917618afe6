import { agentOf, isBot } from '../../../ground/ledger/index.ts'
import type { LogEntry, Person } from '../log/entry.ts'
import { readPerson } from './person.ts'

/** Two addresses of one person. */
export type AddressPair = readonly [string, string]

/** `Proper <proper@address> [Name] <address in commits>` (git-scm.com/docs/gitmailmap); lines that rename only say nothing here. */
const ENTRY = /^[^<>#]*<([^<>\s]+@[^<>\s]+)>[^<>]*<([^<>\s]+@[^<>\s]+)>/
const LONGEST = 400
const MOST = 10_000

/** Addresses a mailmap says are one person's. */
export function pairsInMailmap(text: string): AddressPair[] {
  return text
    .split('\n')
    .flatMap((line) => {
      const entry = ENTRY.exec(line)
      return entry ? [[entry[1]!.toLowerCase(), entry[2]!.toLowerCase()] as const] : []
    })
    .filter(([proper, other]) => proper !== other && proper.length <= LONGEST && other.length <= LONGEST)
    .slice(0, MOST)
}

/** Addresses by which the author of a commit signed it off under the same name: who signs their own work is its author. */
export function pairsInSignatures({ author, trailers }: Pick<LogEntry, 'author' | 'trailers'>): AddressPair[] {
  if (!isAddressed(author) || isBot(author) || agentOf(author) !== null) return []
  return trailers
    .filter(([key]) => /^signed-off-by$/i.test(key))
    .map(([, value]) => readPerson(value))
    .filter(
      (signer) => isAddressed(signer) && nameOf(signer) === nameOf(author) && signer.email.toLowerCase() !== author.email.toLowerCase(),
    )
    .map((signer) => [author.email.toLowerCase(), signer.email.toLowerCase()] as const)
}

function isAddressed({ name, email }: Person): boolean {
  return name.trim() !== '' && email.includes('@') && email.length <= LONGEST
}

function nameOf({ name }: Person): string {
  return name.trim().normalize('NFC').toLowerCase()
}
