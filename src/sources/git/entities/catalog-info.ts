import { parseAllDocuments } from 'yaml'
import type { EntityDraft } from '../../../ground/catalog/index.ts'
import { parseRef } from '../../../ground/core/index.ts'
import { fieldsOf } from './manifests.ts'

export const CATALOG_INFO = /^catalog-info\.ya?ml$/

const MOST_DOCUMENTS = 1_000

/** The components a catalog-info file declares, as written. A broken document is left out: `check` tells what is wrong with it. */
export function declaredComponents(path: string, text: string): EntityDraft[] {
  try {
    return parseAllDocuments(text, { logLevel: 'silent' })
      .slice(0, MOST_DOCUMENTS)
      .flatMap((document) => {
        if (document.errors.length > 0) return []
        const fields = fieldsOf(document.toJS({ maxAliasCount: 100 }))
        const metadata = fieldsOf(fields.metadata)
        if (fields.kind !== 'Component' || typeof fields.apiVersion !== 'string' || typeof metadata.name !== 'string') return []
        const namespace = typeof metadata.namespace === 'string' ? metadata.namespace : undefined
        if (!parseRef(metadata.name, { kind: 'component', ...(namespace ? { namespace } : {}) }).ok) return []
        return [
          {
            apiVersion: fields.apiVersion,
            kind: 'Component',
            metadata: { ...metadata, name: metadata.name },
            spec: fieldsOf(fields.spec),
            file: path,
          },
        ]
      })
  } catch {
    return [] // too many aliases, or no YAML at all
  }
}

/** An annotation, when it is a text. */
export function annotationOf(draft: EntityDraft, key: string): string | undefined {
  const value: unknown = fieldsOf(draft.metadata.annotations)[key]
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
}
