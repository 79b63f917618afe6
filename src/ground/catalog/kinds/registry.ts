import type { EntityDraft, EntityKind } from '../catalog.ts'
import { nearestWord, type Problem } from '../../core/index.ts'

/** Which kinds are known, by kind and apiVersion. */
export class KindRegistry {
  readonly #kinds = new Map<string, EntityKind>()

  constructor(kinds: readonly EntityKind[]) {
    for (const kind of kinds) this.register(kind)
  }

  /** Registering the same kind again replaces it. */
  register(kind: EntityKind): void {
    for (const apiVersion of kind.apiVersions) this.#kinds.set(`${apiVersion} ${kind.kind}`, kind)
  }

  all(): EntityKind[] {
    return [...new Set(this.#kinds.values())]
  }

  find(apiVersion: string, kind: string): EntityKind | null {
    return this.#kinds.get(`${apiVersion} ${kind}`) ?? null
  }

  /**
   * Why a kind is not known. Our own apiVersion is ours to refuse; whatever else a file names is kept as it is, with
   * a warning, since other programs read it.
   */
  unknown(draft: Pick<EntityDraft, 'apiVersion' | 'kind'>): Problem {
    const kinds = this.all()
    const sameKind = kinds.find((kind) => kind.kind.toLowerCase() === draft.kind.toLowerCase())
    const ours = draft.apiVersion.startsWith('throughline.dev/')
    const fixVersion =
      sameKind && !sameKind.apiVersions.includes(draft.apiVersion)
        ? `Write apiVersion: ${sameKind.apiVersions[0]} and kind: ${sameKind.kind}.`
        : null
    const fixCase = sameKind ? `Write kind: ${sameKind.kind}.` : null
    if (!ours) {
      const fix =
        fixVersion && draft.apiVersion.includes('backstage.io/')
          ? fixVersion
          : (fixCase ?? 'Nothing to do, unless it is a slip of the pen.')
      return {
        code: 'catalog.unknown_kind',
        severity: 'warning',
        message: `${draft.kind} of ${draft.apiVersion} is not a kind known here; it is kept as it is`,
        fix,
        path: 'kind',
      }
    }
    const names = kinds
      .filter((kind) => kind.apiVersions.some((version) => version.startsWith('throughline.dev/')))
      .map((kind) => kind.kind)
    const near = nearestWord(draft.kind, names)
    const fix = fixVersion ?? fixCase ?? (near ? `Did you mean ${near}?` : `Known are ${names.sort().join(', ')}.`)
    return { code: 'catalog.unknown_kind', severity: 'error', message: `${draft.apiVersion} has no kind ${draft.kind}`, fix, path: 'kind' }
  }
}
