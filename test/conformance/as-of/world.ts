import fc from 'fast-check'
import type { EntityDraft } from '../../../src/ground/catalog/index.ts'
import { DAY, HOUR } from '../../../src/ground/core/index.ts'
import { type Loose, randomHistory } from '../../../src/houses/delivery/random-history.test-data.ts'
import { anyDraft, BEGINNING, REFS } from './intent.ts'

/** When the world begins; the random histories of delivery lie before it. */
export const START = Date.parse('2026-01-20T09:00:00Z')

/** Something that happens to the product, or a report that is taken. */
export type Step =
  | { do: 'learn'; records: Loose[] }
  | { do: 'retract'; pick: number; undo: boolean }
  | { do: 'erase' }
  | { do: 'write'; draft: EntityDraft }
  | { do: 'remove'; ref: string }
  | { do: 'apply'; folder: string; drafts: EntityDraft[]; file: string }
  | { do: 'settle'; pick: number; status: 'accepted' | 'refused' | 'suggested' }
  | { do: 'wait'; ms: number }
  | { do: 'report'; asks: Ask[] }

/** One question a door may ask. */
export interface Ask {
  id: string
  input: Record<string, unknown>
  /** Of a trace: which of the records there are it begins with. */
  pick?: number
}

const SUBJECTS = ['repository:default/shop', 'component:default/checkout', 'component:default/till', 'repository:example/demo'] as const
const anySubject = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...SUBJECTS.slice(0, 2)) },
  { weight: 2, arbitrary: fc.constantFrom(...SUBJECTS) },
  { weight: 1, arbitrary: fc.nat(3).map((n) => `repository:default/new-${n}`) },
)
const anyTime = fc.integer({ min: -20 * 24, max: 48 }).map((hours) => new Date(START + hours * HOUR).toISOString())
const anyWords = fc.constantFrom(
  'Shorten the wait at checkout',
  'Checkout wait below a second',
  'Cheaper parcels',
  'Tidy',
  'fix(checkout): totals',
  'feat(checkout): faster wait',
  'chore: bump',
  'docs: readme',
)
const anyMention = fc.constantFrom('', '', 'ABC-1', '#2', 'ADR-0001', 'outcome:default/faster', 'Fixes INC-1')

/** Records of the kinds the histories of delivery do not have, and more of those they have, many under the same few names. */
const otherRecord: fc.Arbitrary<Loose> = fc.oneof(
  fc
    .record({
      n: fc.nat(3),
      at: anyTime,
      title: anyWords,
      mention: anyMention,
      parent: fc.option(fc.constantFrom('ABC-1', 'ABC-2'), { nil: undefined, freq: 2 }),
      label: fc.constantFrom('x', 'outcome:faster'),
      state: fc.constantFrom('open', 'open', 'in progress', 'done'),
    })
    .map(({ n, at, title, mention, parent, label, state }) => ({
      kind: 'work_item' as const,
      source: 'jira',
      id: `ABC-${n}`,
      at,
      title: `${title} ${mention}`,
      state,
      createdAt: at,
      labels: [label],
      ...(parent ? { parent } : {}),
    })),
  fc
    .record({ n: fc.nat(8), at: anyTime, measure: fc.constantFrom('hours', 'cost'), value: fc.nat(50) })
    .map(({ n, at, measure, value }) => ({ kind: 'measurement' as const, source: 'till', id: `m-${n}`, at, measure, value })),
  fc.record({ n: fc.nat(4), at: anyTime, good: fc.nat(9) }).map(({ n, at, good }) => ({
    kind: 'sli' as const,
    source: 'probe',
    id: `s-${n}`,
    at,
    indicator: 'availability',
    windowStart: `${at.slice(0, 16)}:00.000Z`,
    seconds: 60,
    good,
    total: 9,
  })),
  fc
    .record({ n: fc.nat(2), at: anyTime })
    .map(({ n, at }) => ({ kind: 'product_event' as const, source: 'app', id: `p-${n}`, at, name: 'order', actor: 'ann@example.org' })),
  fc
    .record({ n: fc.nat(2), at: anyTime })
    .map(({ n, at }) => ({ kind: 'event' as const, source: 'app', id: `e-${n}`, at, type: 'note', data: { n } })),
  fc.record({ n: fc.nat(2), at: anyTime, title: anyWords, cause: fc.constantFrom('run-1', '7', 'x') }).map(({ n, at, title, cause }) => ({
    kind: 'incident' as const,
    source: 'pager',
    id: `INC-${n}`,
    at,
    title,
    openedAt: at,
    causedBy: cause,
  })),
)

/** A record of a history with words, trailers and references, so that links are found in it. */
function dressed(record: Loose): fc.Arbitrary<Loose> {
  if (record.kind !== 'commit' && record.kind !== 'change') return fc.constant(record)
  return fc
    .record({ title: anyWords, mention: anyMention, trailer: fc.constantFrom('none', 'none', 'Serves', 'Implements', 'Fixes') })
    .map(({ title, mention, trailer }) => {
      const text = `${title} ${mention}`.trim()
      if (record.kind === 'change') return { ...record, title: text, refs: mention ? [mention] : [] }
      const value = trailer === 'Serves' ? 'outcome:default/faster' : trailer === 'Implements' ? 'ABC-1' : 'INC-1'
      return { ...record, message: text, ...(trailer === 'none' ? {} : { trailers: { [trailer]: [value] } }) }
    })
}

/** Asked in every report. */
const ALWAYS: readonly Ask[] = [
  ...['executive', 'product', 'engineering'].map((audience) => ({ id: 'brief', input: { audience } })),
  { id: 'monday', input: {} },
  { id: 'gaps', input: {} },
]

const MEASURES = [
  'delivery.change_lead_time',
  'delivery.deployment_frequency',
  'delivery.change_failure_rate',
  'delivery.failed_deployment_recovery_time',
  'delivery.change_size',
  'delivery.rework_rate',
  'delivery.deploy_wait',
  'delivery.flow_time',
  'delivery.work_in_progress',
  'delivery.unplanned_share',
  'work.commits',
  'work.through_changes',
  'work.people',
  'catalog.owned',
  'platform.reuse',
  'hours',
  'cost',
]
const MEASURED = ['namespace:example', ...REFS.filter((ref) => /^(?:system|component|repository|group):/.test(ref))]

const anyReading: fc.Arbitrary<Ask> = fc
  .record({
    id: fc.constantFrom(...MEASURES),
    subject: fc.option(fc.constantFrom(...MEASURED), { nil: undefined, freq: 1 }),
    bucket: fc.constantFrom(undefined, undefined, 'week'),
    by: fc.constantFrom(undefined, undefined, 'component'),
    rows: fc.constantFrom(undefined, 'true'),
    where: fc.constantFrom(undefined, undefined, undefined, 'environment=staging'),
  })
  .map(({ id, where, ...input }) => ({
    id: 'measure.read',
    input: { id, ...input, ...(where && id.startsWith('delivery.') ? { where } : {}) },
  }))

const anyAsk: fc.Arbitrary<Ask> = fc.oneof(
  { weight: 6, arbitrary: anyReading },
  { weight: 3, arbitrary: fc.constantFrom(...REFS).map((ref) => ({ id: 'trace', input: { ref, depth: '6' } })) },
  { weight: 3, arbitrary: fc.nat(500).map((pick) => ({ id: 'trace', pick, input: { depth: '6' } })) },
  {
    weight: 2,
    arbitrary: fc
      .constantFrom('work.week', 'work.flow', 'delivery.overview', 'vision.page', 'outcomes', 'principles', 'decisions')
      .map((id) => ({ id, input: {} })),
  },
)

/** What happens in one world, in order. */
export const anyWorld: fc.Arbitrary<Step[]> = randomHistory.chain((history) => {
  const pieces = fc.tuple(...history.map((record) => fc.tuple(dressed(record), anySubject, fc.nat(9)))).map((records) =>
    [...Map.groupBy(records, ([, , batch]) => batch).values()].map((batch): Step => ({
      do: 'learn',
      records: batch.map(([record, subject]) => ({ ...record, subject })),
    })),
  )
  const others = fc.array(
    fc.tuple(otherRecord, anySubject).map(([record, subject]) => ({ ...record, subject })),
    { minLength: 1, maxLength: 4 },
  )
  const step: fc.Arbitrary<Step> = fc.oneof(
    { weight: 6, arbitrary: others.map((records): Step => ({ do: 'learn', records })) },
    { weight: 3, arbitrary: fc.record({ do: fc.constant('retract' as const), pick: fc.nat(60), undo: fc.boolean() }) },
    { weight: 1, arbitrary: fc.constant({ do: 'erase' as const }) },
    { weight: 8, arbitrary: anyDraft.map((draft): Step => ({ do: 'write', draft })) },
    { weight: 2, arbitrary: fc.constantFrom(...REFS).map((ref): Step => ({ do: 'remove', ref })) },
    {
      weight: 2,
      arbitrary: fc.record({
        do: fc.constant('apply' as const),
        folder: fc.constantFrom('/ours', '/theirs'),
        drafts: fc.array(anyDraft, { maxLength: 6 }),
        file: fc.constantFrom('catalog-info.yaml', 'api/catalog-info.yaml'),
      }),
    },
    {
      weight: 4,
      arbitrary: fc.record({
        do: fc.constant('settle' as const),
        pick: fc.nat(30),
        status: fc.constantFrom('accepted' as const, 'refused' as const, 'suggested' as const),
      }),
    },
    {
      weight: 3,
      arbitrary: fc.oneof(fc.constantFrom(0, 1, HOUR), fc.integer({ min: 0, max: 6 * DAY })).map((ms): Step => ({ do: 'wait', ms })),
    },
    {
      weight: 4,
      arbitrary: fc.array(anyAsk, { minLength: 4, maxLength: 10 }).map((asks): Step => ({ do: 'report', asks: [...ALWAYS, ...asks] })),
    },
  )
  return fc
    .tuple(pieces, fc.array(step, { minLength: 12, maxLength: 30 }))
    .chain(([learned, steps]) => fc.shuffledSubarray([...learned, ...steps], { minLength: learned.length + steps.length }))
    .map((steps): Step[] => [{ do: 'apply', folder: '/ours', drafts: BEGINNING, file: 'catalog-info.yaml' }, ...steps])
})
