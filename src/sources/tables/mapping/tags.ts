import type { Rule } from './mapping.ts'

/**
 * Tags that are kept of a bill unless a mapping says which: those that name whom a cost is for. A bill has tags with a value for
 * every machine; kept, each line would be a record of its own.
 */
const WELL_KNOWN = [
  'component', 'service', 'app', 'application', 'system', 'team', 'group', 'squad', 'department', 'cost-center', 'costcenter', 'cost_center',
  'project', 'product', 'environment', 'env', 'stage', 'customer', 'customer-id', 'tenant', 'tenant-id',
] // prettier-ignore

const known = new WeakMap<object, ReadonlySet<string>>()

/** Names of the tags a rule keeps, in small letters. */
export function keptTags(rule: Rule): ReadonlySet<string> {
  let names = known.get(rule)
  if (!names) known.set(rule, (names = new Set([...WELL_KNOWN, ...(rule.keep ?? [])].map((name) => name.trim().toLowerCase()))))
  return names
}

const MOST = 50

/**
 * Tags as bills write them: a JSON object (FOCUS), or `name=value; name=value`. Names come in small letters, in order. Null for
 * what is neither.
 */
export function readTags(text: string, keep: ReadonlySet<string>): Record<string, string> | null {
  const pairs = text.startsWith('{') ? jsonPairs(text) : plainPairs(text)
  if (pairs === null) return null
  const kept = pairs
    .map(([name, value]): [string, string] => [name.trim().toLowerCase(), value.trim()])
    .filter(([name, value]) => keep.has(name) && value !== '' && value.length <= 400)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return Object.fromEntries(kept.slice(0, MOST))
}

const PAIR = /[ \t\r\n]*"([^"\\\p{Cc}]*)"[ \t\r\n]*:[ \t\r\n]*"([^"\\\p{Cc}]*)"[ \t\r\n]*([,}])/uy

/**
 * Tags with those left out that are not kept: `readTags` reads the same of both. Cut out of a JSON object that holds nothing but
 * plain texts, which is faster than to read it, or to remember what was read of a million; null for anything else.
 */
export function keptAsWritten(text: string, keep: ReadonlySet<string>): string | null {
  if (!text.startsWith('{')) return null
  let kept = ''
  for (PAIR.lastIndex = 1; ;) {
    const pair = PAIR.exec(text)
    if (!pair) return null
    const [, name, value, end] = pair
    if (keep.has(name!.trim().toLowerCase())) kept += `${kept === '' ? '' : ','}"${name}":"${value}"`
    if (end === '}') return PAIR.lastIndex === text.length ? `{${kept}}` : null
  }
}

/** FOCUS writes `true` for a tag without a value. */
function jsonPairs(text: string): [string, string][] | null {
  let read: unknown
  try {
    read = JSON.parse(text)
  } catch {
    return null
  }
  if (typeof read !== 'object' || read === null || Array.isArray(read)) return null
  return Object.entries(read).flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? [[name, String(value)]] : [],
  )
}

function plainPairs(text: string): [string, string][] | null {
  const parts = text.split(/[;,|]/).filter((part) => part.trim() !== '')
  const pairs = parts.map((part) => /^([^=:]+)[=:](.*)$/.exec(part))
  return pairs.every((pair) => pair !== null) ? pairs.map((pair) => [pair![1]!, pair![2]!]) : null
}
