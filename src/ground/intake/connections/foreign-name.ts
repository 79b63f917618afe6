import { formatRef, type Ref } from '../../core/index.ts'

/** A foreign name as a ref: small letters, digits, inner `.`, `_` and `-`, at most 63 characters. */
export function refFrom(kind: string, name: string, namespace = 'default'): Ref {
  const slug = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[-._]+/, '')
    .slice(0, 63)
    .replace(/[-._]+$/, '')
  return formatRef({ kind, namespace, name: slug || 'unnamed' })
}
