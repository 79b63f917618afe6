import { ENVELOPES } from './sent.ts'

/** Turns a mail address, handle or "Name <mail>" into a pseudonym; refs and pseudonyms pass. */
export type Pseudonym = (person: string) => string

/** Fields that name people, the kinds' own and the common ones among those kept beside them. */
const PERSON_FIELDS = new Set([
  'author',
  'coAuthors',
  'actor',
  'committer',
  'creator',
  'assignee',
  'assignees',
  'reviewer',
  'reviewers',
  'approver',
  'approvers',
  'requester',
  'requestor',
  'responder',
  'reporter',
  'mergedBy',
  'closedBy',
  'createdBy',
  'updatedBy',
  'openedBy',
  'resolvedBy',
  'user',
  'email',
])

/** Fields that name an organisation, or a person where it is a mail address. */
const OF_EITHER = new Set(['customer', 'tags'])

/** Fields that hold what others wrote, of whatever shape. */
const FOREIGN = new Set(['data', 'tags', ...ENVELOPES])

/** Trailers that name a person: git's, the Linux kernel's and the pairing ones (git-interpret-trailers, kernel "submitting patches"). */
const PERSON_TRAILER =
  /^(?:(?:signed-off|co-authored|co-developed|authored|committed|reviewed|acked|tested|reported|suggested|requested|approved|helped|mentored|debugged|merged)(?:-and-[a-z]+)*-by|cc|author|committer|pair(?:ed)?-with)$/i
const TRAILER_LINE = /^([a-z][a-z-]*)[ \t]*:[ \t]*(\S.*)$/gim
const MAIL = /<[^<>\s]+@[^<>\s]+>/
const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@]+$/

/**
 * The value of a field with people replaced by pseudonyms: in fields that name people, in person trailers, and in
 * person trailers at the end of a message, and in what is foreign: `data` and the envelope a record came in. Everything else passes unchanged.
 * @param bot the record says that its author is a program, whose name is kept
 */
export function withoutPeople(field: string, value: unknown, bot: boolean, pseudonym: Pseudonym): unknown {
  if (PERSON_FIELDS.has(field)) return bot && field === 'author' ? value : replaced(value, pseudonym)
  if (OF_EITHER.has(field)) value = withoutAddresses(value, pseudonym)
  if (FOREIGN.has(field)) return deepWithoutPeople(value, pseudonym)
  if (field === 'trailers') return trailersWithoutPeople(value, pseudonym)
  if ((field === 'message' || field === 'body') && typeof value === 'string') return messageWithoutPeople(value, pseudonym)
  return value
}

function replaced(value: unknown, pseudonym: Pseudonym): unknown {
  if (typeof value === 'string') return value === '' ? value : pseudonym(value)
  if (Array.isArray(value)) return value.map((one) => replaced(one, pseudonym))
  if (typeof value !== 'object' || value === null) return value
  const name = ['email', 'mail', 'login', 'username', 'id', 'name']
    .map((key) => Reflect.get(value, key))
    .find((one) => typeof one === 'string' && one !== '')
  return typeof name === 'string' ? pseudonym(name) : null
}

function withoutAddresses(value: unknown, pseudonym: Pseudonym): unknown {
  if (typeof value === 'string') return ADDRESS.test(value.trim()) ? pseudonym(value.trim()) : value
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, withoutAddresses(inner, pseudonym)]))
}

/** Foreign data with the people in it replaced wherever a field names one. */
function deepWithoutPeople(value: unknown, pseudonym: Pseudonym): unknown {
  if (Array.isArray(value)) return value.map((one) => deepWithoutPeople(one, pseudonym))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([field, inner]) => [
      field,
      PERSON_FIELDS.has(field) ? replaced(inner, pseudonym) : deepWithoutPeople(inner, pseudonym),
    ]),
  )
}

function trailersWithoutPeople(trailers: unknown, pseudonym: Pseudonym): unknown {
  if (typeof trailers !== 'object' || trailers === null) return trailers
  return Object.fromEntries(
    Object.entries(trailers).map(([key, values]) => [
      key,
      Array.isArray(values) ? values.map((value) => trailerWithoutPeople(key, value, pseudonym)) : values,
    ]),
  )
}

function trailerWithoutPeople(key: string, value: unknown, pseudonym: Pseudonym): unknown {
  return typeof value === 'string' && value !== '' && namesPerson(key, value) ? pseudonym(value) : value
}

function messageWithoutPeople(message: string, pseudonym: Pseudonym): string {
  if (!message.includes(':')) return message
  return message.replace(TRAILER_LINE, (line, key: string, value: string) =>
    namesPerson(key, value) ? `${key}: ${pseudonym(value.trim())}` : line,
  )
}

function namesPerson(key: string, value: string): boolean {
  return PERSON_TRAILER.test(key) || (MAIL.test(value) && /-by$/i.test(key))
}
