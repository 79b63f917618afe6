import type { Entity } from '../catalog/index.ts'

/** Annotations by which a user is known elsewhere: `github.com/user-login`, `<host>/user-login` (backstage.io, well-known annotations). */
const LOGIN = /\/user[-_](?:login|name|id)$/
/** Further names of a user, with commas between. */
const ALIASES = 'throughline.dev/aliases'
const CONTACT = /^\s*([^<>]*?)\s*<([^<>\s]+@[^<>\s]+)>\s*$/

/** Names by which a user entity says it is one person: its ref, mail address, logins elsewhere and further aliases. */
export function aliasesIn({ ref, metadata, spec }: Pick<Entity, 'ref' | 'metadata' | 'spec'>): string[] {
  const annotations = Object.entries(metadata.annotations ?? {})
  const { email } = profileOf(spec)
  return [
    ref,
    ...(email ? [email] : []),
    ...annotations.filter(([key]) => LOGIN.test(key)).map(([, login]) => login),
    ...(metadata.annotations?.[ALIASES] ?? '').split(',').map((alias) => alias.trim()),
  ].filter(Boolean)
}

/** All that a user entity calls its person, for leaving nothing of it. */
export function namesIn(entity: Pick<Entity, 'ref' | 'metadata' | 'spec'>): string[] {
  const { metadata, spec } = entity
  const { displayName } = profileOf(spec)
  return [...aliasesIn(entity), metadata.name, metadata.title ?? '', displayName ?? ''].filter(Boolean)
}

/** `Name <mail>` is two names. */
export function partsOf(name: string): string[] {
  const contact = CONTACT.exec(name)
  return contact ? [contact[1]!, contact[2]!].filter(Boolean) : [name.trim()].filter(Boolean)
}

function profileOf({ profile }: Record<string, unknown>): { email?: string; displayName?: string } {
  if (typeof profile !== 'object' || profile === null) return {}
  const text = (key: string) => {
    const value: unknown = Reflect.get(profile, key)
    return typeof value === 'string' ? value : undefined
  }
  const [email, displayName] = [text('email'), text('displayName')]
  return { ...(email ? { email } : {}), ...(displayName ? { displayName } : {}) }
}
