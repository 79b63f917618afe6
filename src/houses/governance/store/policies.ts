import { stringify } from 'yaml'
import type { Entity } from '../../../ground/catalog/index.ts'
import { type Caller, type Instant, type Ref, refName } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { draftFrom } from './trial/policy.ts'

/** A policy as its document stands. */
export interface DeclaredPolicy {
  ref: Ref
  kind: string
  title: string
  version: number
  /** The document as YAML. */
  text: string
}

/** The gate and budget policies of a namespace, by ref. */
export async function declaredPolicies(scope: string, asOf: Instant, { catalog }: Pick<Ground, 'catalog'>): Promise<DeclaredPolicy[]> {
  const kinds = ['gatepolicy', 'budgetpolicy']
  const found = await Promise.all(kinds.map((kind) => catalog.list({ kind, namespace: scope, limit: 1_000 }, asOf)))
  return found.flat().map(({ ref, kind, metadata, version, ...entity }) => ({
    ref,
    kind,
    title: metadata.title ?? refName(ref),
    version,
    text: documentOf({ ref, kind, metadata, version, ...entity }),
  }))
}

function documentOf({ apiVersion, kind, metadata, spec }: Entity): string {
  return stringify({ apiVersion, kind, metadata, spec }, { lineWidth: 100, flowCollectionPadding: true, doubleQuotedAsJSON: true })
}

/** Writes a policy from its document; from then on it binds what it is for. */
export async function savePolicy(text: string, { catalog, caller }: Pick<Ground, 'catalog'> & { caller: Caller }): Promise<Ref> {
  const { ref } = await catalog.write(draftFrom(text, catalog), { by: caller.person })
  return ref
}
