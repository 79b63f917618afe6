import type { Entity } from '../../../ground/catalog/index.ts'
import { DAY, type Instant, parseInstant, type Ref } from '../../../ground/core/index.ts'
import { type Expectations, readExpectations } from './expectation.ts'
import { full, type LimitIntent, limitsIn } from './limits.ts'
import { titleOf } from './read.ts'

/** What a decision rests on: a limit on a measure. */
export interface AssumptionIntent extends LimitIntent {
  because?: string
}

/** A decision as read: references are full, dates are moments. */
export interface DecisionIntent extends Expectations {
  ref: Ref
  title: string
  number?: number
  /** proposed, accepted, rejected, deprecated, superseded, draft, not stated. */
  status: string
  /** The record's own word, where it is another. */
  statusAsWritten?: string
  date?: Instant
  /** When the record last changed here. */
  updatedAt: Instant
  deciders: string[]
  owner?: Ref
  serves: Ref[]
  supports: Ref[]
  against: Ref[]
  supersedes: Ref[]
  supersededBy: Ref[]
  affects: Ref[]
  assumptions: AssumptionIntent[]
  /** The moment the last day ends by which it was to be looked at again. */
  revisitBy?: Instant
}

/** Whether people are expected to keep to it. */
export function isInForce(decision: DecisionIntent): boolean {
  return decision.status === 'accepted'
}

/** A decision from its entity; whatever the record leaves out is left out. */
export function readDecision(entity: Entity): DecisionIntent {
  const { spec } = entity
  const refs = (field: string, kind: string) => statedRefs(entity, field, kind)
  const date = moment(spec.date)
  const revisitBy = moment(spec.revisitBy)
  return {
    ref: entity.ref,
    title: titleOf(entity),
    number: typeof spec.number === 'number' ? spec.number : undefined,
    status: typeof spec.status === 'string' ? spec.status : 'not stated',
    statusAsWritten: typeof spec.statusAsWritten === 'string' ? spec.statusAsWritten : undefined,
    date,
    updatedAt: entity.updatedAt,
    deciders: texts(spec.deciders),
    owner: typeof spec.owner === 'string' ? full(spec.owner, 'group', entity)[0] : undefined,
    serves: refs('serves', 'outcome'),
    supports: refs('supports', 'principle'),
    against: refs('against', 'principle'),
    supersedes: refs('supersedes', 'decision'),
    supersededBy: refs('supersededBy', 'decision'),
    affects: refs('affects', 'component'),
    assumptions: assumptionsOf(entity),
    ...readExpectations(entity),
    revisitBy: revisitBy === undefined ? undefined : revisitBy + DAY,
  }
}

/** What an entity names under a field or links by that type, each once. */
export function statedRefs(entity: Entity, field: string, kind: string): Ref[] {
  const { spec } = entity
  return [...new Set([...texts(spec[field]), ...linkedBy(field, spec.links)].flatMap((text) => full(text, kind, entity)))]
}

/** What is linked by a type among `spec.links`, the other way to write the same. */
function linkedBy(type: string, links: unknown): string[] {
  if (!Array.isArray(links)) return []
  return (links as unknown[]).flatMap((link) =>
    typeof link === 'object' && link !== null && 'type' in link && link.type === type && 'to' in link && typeof link.to === 'string'
      ? [link.to]
      : [],
  )
}

/** Each decision with what replaced it: superseding is believed from either side, so that one-sided records form chains too. */
export function pairSuperseding(decisions: readonly DecisionIntent[]): DecisionIntent[] {
  const forward = new Map<Ref, Set<Ref>>()
  const backward = new Map<Ref, Set<Ref>>()
  const add = (map: Map<Ref, Set<Ref>>, from: Ref, to: Ref) => map.set(from, (map.get(from) ?? new Set()).add(to))
  const pair = (newer: Ref, older: Ref) => {
    add(forward, newer, older)
    add(backward, older, newer)
  }
  for (const decision of decisions) {
    for (const older of decision.supersedes) pair(decision.ref, older)
    for (const newer of decision.supersededBy) pair(newer, decision.ref)
  }
  return decisions.map((decision) => ({
    ...decision,
    supersedes: [...(forward.get(decision.ref) ?? [])].sort(),
    supersededBy: [...(backward.get(decision.ref) ?? [])].sort(),
  }))
}

function assumptionsOf(entity: Entity): AssumptionIntent[] {
  return limitsIn(entity, 'assumptions').map(({ limit, stated: { because } }) => ({
    ...limit,
    because: typeof because === 'string' ? because : undefined,
  }))
}

function moment(value: unknown): Instant | undefined {
  if (typeof value !== 'string') return undefined
  const read = parseInstant(value)
  return read.ok ? read.value : undefined
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : []
}
