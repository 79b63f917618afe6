import { ownEntry } from '../../../ground/core/index.ts'
import { slugOf } from '../slug.ts'

const NAME = /^(?:[A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/
const TAG = /^[a-z0-9:+#]+(?:-[a-z0-9:+#]+)*$/
const LONGEST = 63

/** A text as the name of an entity: as it is where it can be one, otherwise as a slug. Undefined for no text. */
export function nameOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  return text.length <= LONGEST && NAME.test(text) ? text : slugOf(text)
}

/**
 * A reference to something other tools name, such as `service:default/checkout` or `checkout`.
 * @param kinds how their kinds are called here
 * @param kind of a name that states none
 */
export function refOf(text: string, kind: string, kinds: Readonly<Record<string, string>> = {}): string {
  const match = /^(?:([A-Za-z][\w.-]*):)?(?:([a-z0-9]+(?:-[a-z0-9]+)*)\/)?(.+)$/s.exec(text.trim())
  const [, theirs, namespace = 'default', name = text] = match ?? []
  const ours = theirs === undefined ? kind : (ownEntry(kinds, theirs.toLowerCase()) ?? kind)
  return `${ours}:${namespace.length <= LONGEST ? namespace : 'default'}/${nameOf(name)}`
}

/** The team a text names; of `org/team`, as forges write it, the team. */
export function groupOf(text: string): string {
  return `group:default/${nameOf(text.trim().split('/').findLast(Boolean) ?? text)}`
}

/** Whether a group says its whole name. */
export function isGroupAsWritten(text: string): boolean {
  return groupOf(text) === `group:default/${text}`
}

/** A text as a tag: small letters, dashes for all else a tag cannot hold. Null when nothing is left. */
export function tagOf(text: string): string | null {
  if (text.length <= LONGEST && TAG.test(text)) return text
  const tag = text
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/[^a-z0-9:+#]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, LONGEST)
    .replaceAll(/-+$/g, '')
  return tag === '' ? null : tag
}
