import type { Person } from '../log/entry.ts'
import { readText } from '../log/text.ts'
import type { Isolated } from '../repository/isolate.ts'
import { readPerson } from './person.ts'

/** What git takes as a contact; it gives up at the first that is not. */
const CONTACT = /^[^<>\n\0]*<[^<>\s]+>$/

/**
 * The names the mailmap gives to people named in trailers, which `git log` leaves as they are.
 * @param mailmap object name of the mailmap; null: everybody keeps the name they have
 */
export async function canonicalPeople(
  objects: Isolated,
  mailmap: string | null,
  people: Iterable<string>,
): Promise<(person: Person) => Person> {
  const asked = mailmap === null ? [] : [...people].filter((person) => CONTACT.test(person))
  if (asked.length === 0) return (person) => person
  const answer = await objects.run(['-c', `mailmap.blob=${mailmap}`, 'check-mailmap', '--stdin'], `${asked.join('\n')}\n`)
  const lines = readText(answer.output).split('\n')
  if (answer.code !== 0 || lines.length !== asked.length + 1) return (person) => person
  const canonical = new Map(asked.map((person, index) => [person, readPerson(lines[index]!)]))
  return (person) => canonical.get(`${person.name} <${person.email}>`) ?? person
}
