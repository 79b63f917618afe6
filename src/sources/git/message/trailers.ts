import type { Person } from '../log/entry.ts'
import { clip } from '../log/text.ts'
import { readPerson } from '../people/person.ts'

const LONGEST_KEY = 100
const LONGEST_VALUE = 2_000
const MOST_KEYS = 200

type Trailers = readonly (readonly [key: string, value: string])[]

/** Trailers by key as first written; a key that differs only in case is the same. */
export function groupTrailers(trailers: Trailers): Record<string, string[]> | undefined {
  if (trailers.length === 0) return undefined
  const groups = new Map<string, { key: string; values: string[] }>()
  for (const [key, value] of trailers) {
    const plain = key.toLowerCase()
    const group = groups.get(plain)
    if (group) group.values.push(clip(value, LONGEST_VALUE))
    else if (groups.size < MOST_KEYS && key.length <= LONGEST_KEY && plain !== '__proto__')
      groups.set(plain, { key, values: [clip(value, LONGEST_VALUE)] })
  }
  return Object.fromEntries([...groups.values()].map(({ key, values }) => [key, values]))
}

/** Everybody who wrote the commit beside its author. */
export function coAuthorsOf(trailers: Trailers): Person[] {
  return trailers
    .filter(([key, value]) => /^co-(?:authored|developed)-by$/i.test(key) && value !== '')
    .map(([, value]) => readPerson(value))
}

/** Values of the trailers with one of these keys. */
export function valuesOf(trailers: Trailers, ...keys: string[]): string[] {
  return trailers.filter(([key]) => keys.includes(key.toLowerCase())).map(([, value]) => value)
}
