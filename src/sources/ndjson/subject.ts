import { formatRef, type Ref, toRef } from '../../ground/core/index.ts'

const LONGEST_NAME = 63
const FULL_REF = /^(?:component|system|domain|api|resource|repository|group):/i

/**
 * The ref a foreign name stands for: the name itself when it is one, otherwise the last part of a path, web address or
 * package URL (github.com/package-url/purl-spec) as a name in the default namespace; null when nothing is left of it.
 * @param kind what the thing is taken for
 */
export function refOf(kind: string, name: string): Ref | null {
  if (FULL_REF.test(name)) {
    const ref = toRef(name)
    if (ref.ok) return ref.value
  }
  const slug = slugOf(lastPartOf(name))
  return slug === '' ? null : formatRef({ kind, namespace: 'default', name: slug })
}

function lastPartOf(name: string): string {
  const path = name.startsWith('pkg:') ? name.replace(/[@?#].*$/s, '') : name.replace(/[?#].*$/s, '')
  const last = path.split('/').findLast(Boolean) ?? ''
  return decoded(last).replace(/\.git$/i, '')
}

function slugOf(text: string): string {
  const slug = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, '-')
    .replace(/^[-._]+|[-._]+$/g, '')
  return slug.slice(0, LONGEST_NAME).replace(/[-._]+$/, '')
}

/** Percent-encoding undone; text that is not properly encoded stays. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
