import type { EntityDraft } from '../../ground/catalog/index.ts'
import { draftOf } from './drafts.ts'
import { DEFAULT_LIMITS } from './limits.ts'
import { placeholderTargets } from './placeholders.ts'
import { isDefinitionName, isPortalName, isTriedOn, portalsOf } from './portals/formats.ts'
import { parseDocuments } from './portals/parse.ts'
import { readPortal } from './portals/read.ts'
import { settle } from './portals/settle.ts'
import type { ReadDocument } from './visit.ts'
import { isDescriptor } from './yaml/ours.ts'
import { placeOf } from './yaml/place.ts'
import type { YamlDocument } from './yaml/read.ts'

/** Characters of API definitions read for one set of files; one in YAML takes about a second for each million. */
const DEFINITIONS = 2_000_000

/**
 * Reads what texts declare, wherever they come from: the same entities that reading a folder gives, without the problems,
 * and without what lies outside the texts. A document that cannot be read declares nothing.
 */
export const declarations = {
  /** Whether a file of this name may describe components; not where it is there to be tested with. */
  describes: (path: string): boolean => isDescriptor(path) || (isPortalName(path) && !isTriedOn(path)),

  /** Whether a file of this name may define an API. */
  defines: (path: string): boolean => isDefinitionName(path),

  /** @param texts by path, the more important first */
  read(texts: ReadonlyMap<string, string>): EntityDraft[] {
    const documents: ReadDocument[] = []
    const broughtIn = new Set<string>()
    let definitions = DEFINITIONS
    for (const [path, text] of texts) {
      const own = isDescriptor(path)
      const portals = portalsOf(path, text, own)
      if (!own && portals.length === 0) continue
      if (isDefinitionName(path) && (definitions -= text.length) < 0) continue
      for (const yaml of parseDocuments(path, text, DEFAULT_LIMITS).documents) {
        const found = readPortal(yaml, portals, path)?.documents ?? (own ? ownDocument(yaml, path) : [])
        for (const { draft } of found) if (draft) for (const target of placeholderTargets(draft.spec, path)) broughtIn.add(target)
        documents.push(...found)
      }
    }
    return settle(documents, broughtIn).documents.flatMap(({ draft, refused }) => (draft && !refused ? [draft] : []))
  },
}

function ownDocument(yaml: YamlDocument, file: string): ReadDocument[] {
  const { draft, problems } = draftOf(yaml, file)
  if (!draft || problems.some(({ severity }) => severity === 'error')) return []
  return [{ file, draft: { ...draft, file, line: draft.line ?? 1 }, refused: false, place: (path) => placeOf(yaml.chunk, path) }]
}
