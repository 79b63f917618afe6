import { fieldsOf } from '../entities/manifests.ts'
import type { Wish } from './graph.ts'

/** What a `package.json` says for whoever resolves it. */
export interface NpmManifest {
  name: string | null
  version: string | null
  private: boolean
  wishes: Wish[]
}

/** Throws when the text is no JSON. Fields: docs.npmjs.com/cli/configuring-npm/package-json. */
export function readPackageJson(text: string): NpmManifest {
  const fields = fieldsOf(JSON.parse(text))
  return {
    name: typeof fields.name === 'string' ? fields.name : null,
    version: typeof fields.version === 'string' ? fields.version : null,
    private: fields.private === true,
    wishes: npmWishes(fields),
  }
}

/** Dependencies of every kind; what stands in two lists is needed for more than development. */
export function npmWishes(fields: Record<string, unknown>): Wish[] {
  const wishes = new Map<string, Wish>()
  const optionalPeers = fieldsOf(fields.peerDependenciesMeta)
  const take = (list: unknown, how: { development: boolean; optional?: boolean }) => {
    for (const [name, range] of Object.entries(fieldsOf(list)))
      if (typeof range === 'string' && !wishes.has(name)) wishes.set(name, { name, range, ...how })
  }
  take(fields.dependencies, { development: false })
  take(fields.optionalDependencies, { development: false, optional: true })
  for (const [name, range] of Object.entries(fieldsOf(fields.peerDependencies)))
    if (
      typeof range === 'string' &&
      !wishes.has(name) &&
      !(Object.hasOwn(optionalPeers, name) && fieldsOf(optionalPeers[name]).optional === true)
    )
      wishes.set(name, { name, range, development: false, optional: true })
  take(fields.devDependencies, { development: true })
  return [...wishes.values()]
}

/** The version that a range of npm fixes by itself; null when it leaves a choice. */
export function npmPinned(range: string): string | null {
  return /^=?\s*v?(\d+\.\d+\.\d+(?:[-+][0-9A-Za-z.+-]+)?)$/.exec(range.trim())?.[1] ?? null
}

/** `npm:other@^1` stands for another package under a name of one's own. */
export function npmAlias(range: string): { name: string; range: string } | null {
  const match = /^npm:((?:@[^/@]+\/)?[^/@]+)(?:@(.*))?$/.exec(range)
  return match ? { name: match[1]!, range: match[2] ?? '' } : null
}

/** Ranges that lead into the same repository. */
export function isLocalRange(range: string): boolean {
  return /^(?:workspace|link|portal|file):/.test(range)
}
