import type { Wish } from './graph.ts'

/** One name for all its spellings (packaging.python.org/en/latest/specifications/name-normalization). */
export function pypiName(name: string): string {
  return name
    .trim()
    .replace(/[-_.]+/g, '-')
    .toLowerCase()
}

const REQUIREMENT = /^([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?)\s*(?:\[[^\]]*\])?\s*(.*)$/s

/**
 * One requirement (packaging.python.org/en/latest/specifications/dependency-specifiers): name, extras, range or address,
 * and a condition, which is left out. Null when it is none.
 */
export function readRequirement(text: string): { name: string; range: string } | null {
  const [asked = ''] = text.split(/;\s*(?![^[]*\])/)
  const match = REQUIREMENT.exec(asked.trim())
  if (!match) return null
  const range = match[2]!.replace(/^\((.*)\)$/s, '$1').trim()
  if (range !== '' && !/^(?:[<>=!~]|@\s)/.test(range)) return null
  return { name: pypiName(match[1]!), range }
}

export function pythonWishes(list: unknown, development: boolean): Wish[] {
  return (Array.isArray(list) ? list : []).flatMap((text: unknown): Wish[] => {
    const read = typeof text === 'string' ? readRequirement(text) : null
    return read ? [{ ...read, development }] : []
  })
}

/** The version that `==1.2.3` fixes; null for ranges, wildcards and addresses. */
export function pythonPinned(range: string): string | null {
  return /^={2,3}\s*([^\s,*=]+)$/.exec(range.trim())?.[1] ?? null
}
