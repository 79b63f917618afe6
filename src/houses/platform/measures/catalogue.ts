import type { Catalog, Entity, SubjectShare } from '../../../ground/catalog/index.ts'
import { type Instant, type Ref, refKind, refNamespace } from '../../../ground/core/index.ts'
import type { CollectAsk } from '../../../ground/measures/index.ts'

/** The components of one piece of a question, among all components of their namespace. */
export interface CataloguePiece {
  /** Components the piece is about. */
  asked: ReadonlySet<Ref>
  /** All components of the namespaces the piece touches. */
  components: readonly Entity[]
}

/**
 * The catalogue behind each piece. A piece that ends at the moment asked for sees the catalogue as it is known; an
 * earlier one sees it as it was declared then, so that a series shows what really changed.
 */
export async function cataloguePieces({ pieces, at, asOf }: CollectAsk, catalog: Catalog): Promise<CataloguePiece[]> {
  const kept = new Map<string, Promise<Entity[]>>()
  const componentsAt = (namespace: string, moment: Instant | null) => {
    const key = `${namespace} ${moment}`
    if (!kept.has(key)) kept.set(key, catalog.list({ kind: 'component', namespace }, moment ?? undefined))
    return kept.get(key)!
  }
  const answers: CataloguePiece[] = []
  for (const { shares, window } of pieces) {
    const moment = window.to >= at ? asOf : Math.min(window.to, asOf ?? window.to)
    const namespaces = [...new Set(shares.flatMap(namesOf).map(refNamespace))]
    const components: Entity[] = []
    for (const namespace of namespaces) components.push(...(await componentsAt(namespace, moment)))
    const names = new Set(shares.flatMap(namesOf))
    answers.push({
      components,
      asked: new Set(components.filter((component) => names.has(component.ref)).map((component) => component.ref)),
    })
  }
  return answers
}

/** A share's own ref and the components among its aliases. */
function namesOf(share: SubjectShare): Ref[] {
  return [share.ref, ...share.subjects.filter((subject) => refKind(subject) === 'component')].filter((ref) => !ref.startsWith('namespace:'))
}
