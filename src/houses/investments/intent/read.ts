import type { Entity } from '../../../ground/catalog/index.ts'
import { DAY, type Instant, parseInstant, type Ref, refName, refNamespace, toRef } from '../../../ground/core/index.ts'
import { type Expectations, readExpectations } from '../../vision/index.ts'
import { InvestmentSpec } from './spec.ts'

/** An expected effect as read; quantities stay as written until the unit of the measure is known (`changeOf`). */
export interface EffectIntent {
  measure: string
  /** A ref, or `namespace:<name>`; undefined where the investment leaves it open. */
  subject?: string
  quantile?: 'p50' | 'p75' | 'p90'
  p10: number | string
  p50: number | string
  p90: number | string
  /** The moment the last day ends. */
  by: Instant
}

/** An investment as read: references are full, dates are moments. */
export interface InvestmentIntent extends Expectations {
  ref: Ref
  title: string
  statement: string
  kind: 'run' | 'improve' | 'new'
  status: 'proposed' | 'chosen' | 'running' | 'done' | 'stopped'
  serves: Ref[]
  effects: EffectIntent[]
  /** Null where it is not stated; within it, what is not stated is not needed. */
  cost: { peopleWeeks: number; money: { amount: number; currency: string } | null } | null
  reach?: number
  confidence?: number
  dependsOn: Ref[]
  excludes: Ref[]
  start?: Instant
  /** The moment its last day ends. */
  end?: Instant
  controls: string[]
  owner?: Ref
}

/** An investment from its entity; null when the kept document no longer fits the schema. */
export function readInvestment(entity: Entity): InvestmentIntent | null {
  const read = InvestmentSpec.safeParse(entity.spec)
  if (!read.success) return null
  const { cost, serves, effects, dependsOn, excludes, controls, start, end, owner, links = [], ...spec } = read.data
  const linked = (type: string) => links.filter((link) => link.type.toLowerCase() === type.toLowerCase()).map(({ to }) => to)
  return {
    ...spec,
    ...readExpectations(entity),
    ref: entity.ref,
    title: entity.metadata.title ?? refName(entity.ref).replaceAll(/[-_]+/g, ' '),
    serves: full([...serves, ...linked('serves')], 'outcome', entity),
    effects: effects.map((effect) => ({ ...effect, subject: subjectOf(effect.subject, entity), by: endOf(effect.by) })),
    cost: cost ? { peopleWeeks: cost.peopleWeeks ?? 0, money: cost.money ?? null } : null,
    dependsOn: full([...dependsOn, ...linked('dependsOn')], 'investment', entity),
    excludes: full([...excludes, ...linked('excludes')], 'investment', entity),
    start: start === undefined ? undefined : startOf(start),
    end: end === undefined ? undefined : endOf(end),
    controls: controls.flatMap((control) => subjectOf(control, entity) ?? []),
    owner: owner === undefined ? undefined : full([owner], 'group', entity)[0],
  }
}

function full(texts: readonly string[], kind: string, entity: Entity): Ref[] {
  const refs = texts.flatMap((text) => {
    const read = toRef(text, { kind, namespace: refNamespace(entity.ref) })
    return read.ok ? [read.value] : []
  })
  return [...new Set(refs)]
}

function subjectOf(text: string | undefined, entity: Entity): string | undefined {
  if (text === undefined) return undefined
  return text.toLowerCase().startsWith('namespace:') ? text.toLowerCase() : full([text], 'component', entity)[0]
}

function startOf(text: string): Instant {
  const read = parseInstant(text)
  return read.ok ? read.value : Number.NaN
}

function endOf(text: string): Instant {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? startOf(text) + DAY : startOf(text)
}
