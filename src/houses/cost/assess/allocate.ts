import { type Ref, refKind } from '../../../ground/core/index.ts'
import type { ClaimKind, Claims, CostGroup } from './cost.ts'

/** Whose a cost is, and why; nobody's where none or several claim it. */
export type Allocation = { to: Ref; by: ClaimKind } | { to: null; claimed: readonly Ref[] }

/**
 * Whose a cost is. The strongest claim wins: the bill names it, the resource, a tag, the account. Several claims of one strength
 * allocate nothing: nobody can say which is right.
 */
export function allocate(group: Pick<CostGroup, 'subject' | 'resource' | 'tags'>, claims: Claims): Allocation {
  const { subject, resource } = group
  if (refKind(subject) !== 'resource') return { to: claims.aliases.get(subject) ?? subject, by: 'stated' }
  const ranked: [ClaimKind, readonly Ref[]][] = [
    ['resource', resource === null ? [] : (claims.resources.get(resource.toLowerCase()) ?? [])],
    ['tag', ofTags(group.tags, claims)],
    ['account', claims.accounts.get(subject) ?? []],
  ]
  const found = ranked.find(([, refs]) => refs.length > 0)
  if (!found) return { to: null, claimed: [] }
  const [by, refs] = found
  const [only, ...others] = [...new Set(refs)]
  return others.length === 0 ? { to: only!, by } : { to: null, claimed: [only!, ...others].sort() }
}

function ofTags(tags: CostGroup['tags'], { tags: claimed, names }: Claims): Ref[] {
  return Object.entries(tags).flatMap(([name, value]) => {
    const tag = `${name.toLowerCase()}=${value.toLowerCase()}`
    const named = name.toLowerCase() === 'component' ? names.get(value.toLowerCase()) : undefined
    return [...(claimed.get(tag) ?? []), ...(named ? [named] : [])]
  })
}

const CUSTOMER_TAGS = ['customer', 'customer-id', 'tenant', 'tenant-id']

/** For whom a cost arises: as the bill names them, else a tag that does. */
export function customerOf({ customer, tags }: Pick<CostGroup, 'customer' | 'tags'>): string | null {
  if (customer !== null) return customer
  const entries = Object.entries(tags)
  for (const name of CUSTOMER_TAGS) {
    const value = entries.find(([tag]) => tag.toLowerCase() === name)?.[1]
    if (value) return value
  }
  return null
}
