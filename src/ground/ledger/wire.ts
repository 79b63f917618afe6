import type * as z from 'zod'
import { ok, refuse, type Result } from '../core/index.ts'
import {
  Change,
  Commit,
  Cost,
  Deployment,
  type Evidence,
  EVIDENCE_KINDS,
  type EvidenceKind,
  ForeignEvent,
  Incident,
  Measurement,
  ProductEvent,
  Sli,
  WorkItem,
} from './kinds/index.ts'
import { RETRACT } from './merge.ts'
import { depthProblem, fieldProblems, show } from './problems.ts'

const SCHEMAS: Record<EvidenceKind, z.ZodObject> = {
  commit: Commit,
  change: Change,
  deployment: Deployment,
  incident: Incident,
  work_item: WorkItem,
  sli: Sli,
  measurement: Measurement,
  cost: Cost,
  product_event: ProductEvent,
  event: ForeignEvent,
}

/**
 * Reads one record from its wire form (CONTRACTS, evidence). Unknown fields are kept; `null` says a field is empty.
 * Refuses with one problem a field, each naming it: `evidence.not_an_object`, `evidence.no_kind`, `evidence.unknown_kind`,
 * `evidence.missing_field`, `evidence.bad_field`, `evidence.reserved_field`, `evidence.too_deep`.
 */
export function parseEvidence(value: unknown): Result<Evidence> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return refuse('evidence.not_an_object', `A record is one JSON object, not ${nameOf(value)}`, {
      fix: 'Write {"kind": …, "source": …, "id": …, "subject": …, "at": …} on one line.',
    })
  }
  const kind = 'kind' in value ? value.kind : undefined
  if (!isKind(kind)) return refuseKind(kind)
  if (RETRACT in value)
    return refuse('evidence.reserved_field', `The field "${RETRACT}" belongs to the ledger`, {
      path: RETRACT,
      fix: 'Take a record back with `throughline retract`.',
    })
  const tooDeep = depthProblem(value)
  if (tooDeep) return { ok: false, problems: [tooDeep] }
  const { given, none } = withoutNulls(value, SCHEMAS[kind].shape)
  const assumesEnvironment = kind === 'deployment' && !('environment' in given)
  const read = SCHEMAS[kind].safeParse(given)
  if (!read.success) return { ok: false, problems: fieldProblems(read.error, value) }
  const record = read.data as Evidence // each schema is the one of its kind
  if (none.length) record.none = [...(record.none ?? []), ...none]
  if (assumesEnvironment) record.assumed = [...(record.assumed ?? []), 'environment']
  const required = record.none?.find((field) => isRequired(kind, field))
  if (required)
    return refuse('evidence.missing_field', `The field "${required}" of a ${kind} cannot be empty`, {
      path: required,
      fix: `State "${required}", or leave it out of "none".`,
    })
  return ok(record)
}

function isKind(kind: unknown): kind is EvidenceKind {
  return typeof kind === 'string' && Object.hasOwn(SCHEMAS, kind)
}

function isRequired(kind: EvidenceKind, field: string): boolean {
  const schema = SCHEMAS[kind].shape[field]
  return field === 'environment' || (schema !== undefined && !schema.safeParse(undefined).success)
}

/** Fields that a `null` leaves out without saying anything about earlier revisions. */
const WITHOUT_A_PAST = new Set(['basis', 'none', 'assumed', 'environment'])

/** Takes nulls of optional fields out and names them, so that a sender may write `"closedAt": null`. */
function withoutNulls(value: object, shape: Readonly<Record<string, unknown>>): { given: object; none: string[] } {
  let given: Record<string, unknown> | undefined
  const none: string[] = []
  for (const [field, inner] of Object.entries(value)) {
    if (inner !== null || !Object.hasOwn(shape, field) || field === 'data') continue
    given ??= { ...value }
    delete given[field]
    if (!WITHOUT_A_PAST.has(field)) none.push(field)
  }
  return { given: given ?? value, none }
}

function refuseKind(kind: unknown): Result<never> {
  const fix = `Use one of ${EVIDENCE_KINDS.join(', ')}; wrap anything else in "event".`
  if (kind === undefined || kind === null) return refuse('evidence.no_kind', 'The field "kind" is missing', { path: 'kind', fix })
  return refuse('evidence.unknown_kind', `${show(kind)} is not a kind of record`, { path: 'kind', fix })
}

function nameOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`
}
