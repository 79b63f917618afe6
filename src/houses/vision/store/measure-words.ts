import type { Catalog } from '../../../ground/catalog/index.ts'
import type { Instant } from '../../../ground/core/index.ts'
import type { Measures } from '../../../ground/measures/index.ts'
import type { MeasureWords } from '../decide/index.ts'

/** Title and better direction of measures: from the registry, else from a Measure entity of the namespace; null when neither knows it. */
export async function wordsOf(
  ids: Iterable<string>,
  scope: string,
  { catalog, measures }: { catalog: Catalog; measures: Measures },
  asOf?: Instant,
): Promise<Map<string, MeasureWords | null>> {
  const words = new Map<string, MeasureWords | null>()
  for (const id of new Set(ids)) {
    const registered = measures.get(id)
    words.set(id, registered ? { title: registered.title, better: registered.better } : await declared(id, scope, catalog, asOf))
  }
  return words
}

async function declared(id: string, scope: string, catalog: Catalog, asOf?: Instant): Promise<MeasureWords | null> {
  if (!/^[a-z0-9](?:[a-z0-9_.-]{0,61}[a-z0-9])?$/i.test(id)) return null
  const entity = await catalog.get(`measure:${scope}/${id.toLowerCase()}`, asOf)
  if (!entity) return null
  const { better } = entity.spec
  return { title: entity.metadata.title ?? id, better: better === 'higher' || better === 'lower' ? better : undefined }
}
