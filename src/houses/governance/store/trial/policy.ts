import { parseDocument } from 'yaml'
import type { Entity, EntityDraft } from '../../../../ground/catalog/index.ts'
import { formatRef, type Instant, Refusal } from '../../../../ground/core/index.ts'
import type { Ground } from '../../../../ground/index.ts'
import { gateRulesOf, type Policy, readBudgetPolicy, readGatePolicy } from '../../intent/index.ts'

/** Reads a policy that is only tried: YAML or JSON, checked as it would be when applied. */
export function policyFrom(text: string, now: Instant, { catalog }: Pick<Ground, 'catalog'>): Policy {
  const draft = draftFrom(text, catalog)
  const { namespace = 'default', name } = draft.metadata
  const ref = formatRef({ kind: draft.kind, namespace, name })
  const entity: Entity = { ...draft, ref, origin: 'form', version: 0, updatedAt: now, updatedBy: 'user:default/local' }
  return draft.kind === 'GatePolicy' ? readGatePolicy(entity)! : triedSteps(entity)
}

/** The document of a gate or budget policy as somebody typed it; refuses what could not be applied. */
export function draftFrom(text: string, catalog: Pick<Ground['catalog'], 'checkDraft'>): EntityDraft {
  const document = parseDocument(text, { prettyErrors: true })
  const [broken] = document.errors
  if (broken) throw refused(`It is not YAML: ${broken.message.split('\n')[0]!.replace(/:$/, '')}.`, 'Check the line it names.')
  const draft: unknown = document.toJS({ maxAliasCount: 100 })
  if (!isDraft(draft)) throw refused('It is not a document with apiVersion, kind, metadata and spec.', 'Write it as it would be applied.')
  if (draft.kind !== 'GatePolicy' && draft.kind !== 'BudgetPolicy')
    throw refused(`A ${draft.kind.slice(0, 60)} holds nothing.`, 'Write kind: GatePolicy or kind: BudgetPolicy.')
  const [problem] = catalog.checkDraft(draft).filter(({ severity }) => severity === 'error')
  if (problem)
    throw refused(
      problem.path && !problem.message.startsWith(problem.path) ? `${problem.path}: ${problem.message}` : `${problem.message}.`,
      problem.fix ?? 'Correct it and try again.',
    )
  return draft
}

/** Every step of a budget policy is tried, also those that say nothing of the gate. */
function triedSteps(entity: Entity): Policy {
  const policy = readBudgetPolicy(entity)!
  return gateRulesOf({ ...policy, steps: policy.steps.map((step) => ({ ...step, gate: step.gate ?? 'enforce' })) })
}

function isDraft(value: unknown): value is EntityDraft {
  if (typeof value !== 'object' || value === null) return false
  const { apiVersion, kind, metadata, spec } = value as Record<string, unknown>
  const { name, namespace } = (metadata ?? {}) as Record<string, unknown>
  return (
    typeof apiVersion === 'string' &&
    typeof kind === 'string' &&
    typeof name === 'string' &&
    (namespace === undefined || typeof namespace === 'string') &&
    typeof spec === 'object' &&
    spec !== null
  )
}

function refused(message: string, fix: string): Refusal {
  return new Refusal('gate.policy_invalid', message, { fix, path: 'policy' })
}
