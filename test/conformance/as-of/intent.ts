import fc from 'fast-check'
import type { EntityDraft } from '../../../src/ground/catalog/index.ts'

const OURS = 'throughline.dev/v1'
const BACKSTAGE = 'backstage.io/v1alpha1'

/** Refs of what `anyDraft` may write. */
export const REFS = [
  'outcome:default/faster',
  'outcome:default/cheaper',
  'principle:default/small',
  'decision:default/0001-cache',
  'decision:shop/0002-trunk',
  'component:default/checkout',
  'component:default/till',
  'system:default/trade',
  'group:default/pay',
  'repository:default/shop',
  'repository:default/new-1',
  'exception:default/once',
  'vision:default/vision',
  'measure:default/hours',
  'component:example/demo',
  'outcome:example/warm',
] as const

const outcome = fc.constantFrom('outcome:default/faster', 'outcome:default/cheaper')
const anyMeasure = fc.constantFrom('hours', 'cost', 'delivery.change_lead_time', 'catalog.owned', 'delivery.change_size')
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined })

/** A document of one of a few names in several namespaces, each time with something else to say. */
export const anyDraft: fc.Arbitrary<EntityDraft> = fc.oneof(
  fc
    .record({
      name: fc.constantFrom('faster', 'cheaper'),
      statement: fc.constantFrom('Customers wait less at checkout.', 'A parcel costs less.'),
      measure: maybe(anyMeasure),
      target: maybe(fc.nat(40)),
      subject: maybe(fc.constantFrom('system:default/trade', 'component:default/checkout', 'namespace:default')),
      owner: maybe(fc.constant('group:default/pay')),
    })
    .map(({ name, target, ...spec }) =>
      entity('Outcome', name, {
        ...spec,
        ...(target === undefined || !spec.measure
          ? {}
          : { baseline: { value: 40, at: '2025-12-01' }, target: { value: target, by: '2026-02-20' } }),
      }),
    ),
  fc
    .record({ limit: fc.nat(400), measure: anyMeasure, serves: maybe(fc.array(outcome, { maxLength: 2 })) })
    .map(({ limit, measure, serves }) =>
      entity('Principle', 'small', {
        statement: 'Ship small changes.',
        signals: [{ measure, atMost: limit }],
        ...(serves ? { serves } : {}),
      }),
    ),
  fc
    .record({
      of: fc.constantFrom(['0001-cache', 'default'], ['0002-trunk', 'shop']),
      status: fc.constantFrom('proposed', 'accepted', 'superseded'),
      number: fc.integer({ min: 1, max: 2 }),
      serves: maybe(fc.array(outcome, { maxLength: 1 })),
      supports: maybe(fc.constant(['principle:default/small'])),
      supersedes: maybe(fc.constantFrom(['decision:default/0001-cache'], ['decision:shop/0002-trunk'])),
      assumption: maybe(fc.tuple(anyMeasure, fc.nat(40))),
      revisitBy: maybe(fc.constantFrom('2026-01-10', '2026-09-01')),
    })
    .map(({ of: [name, namespace], assumption, ...spec }) =>
      entity(
        'Decision',
        name!,
        {
          ...spec,
          date: '2026-01-02',
          ...(assumption ? { assumptions: [{ measure: assumption[0], subject: 'namespace:default', atMost: assumption[1] }] } : {}),
        },
        namespace,
      ),
    ),
  fc
    .record({
      name: fc.constantFrom('checkout', 'till'),
      repository: maybe(fc.constantFrom('shop', 'new-1')),
      path: maybe(fc.constantFrom('api', 'web')),
      system: maybe(fc.constant('trade')),
      owner: fc.constantFrom('pay', 'unknown'),
      alias: maybe(fc.constant('component:default/till')),
      serves: maybe(fc.array(outcome, { maxLength: 1 })),
      dependsOn: maybe(fc.constant(['component:default/till'])),
      deployments: maybe(fc.constantFrom('tags', 'main', 'events')),
      tag: maybe(fc.constant('capability:payments')),
    })
    .map(({ name, repository, path, alias, deployments, tag, ...spec }) => ({
      apiVersion: BACKSTAGE,
      kind: 'Component',
      metadata: {
        name,
        ...(tag ? { tags: [tag] } : {}),
        annotations: annotations({ repository, path, aliases: alias, deployments }),
      },
      spec: defined({ type: 'service', lifecycle: 'production', ...spec }),
    })),
  fc.constantFrom<EntityDraft>(
    { apiVersion: BACKSTAGE, kind: 'System', metadata: { name: 'trade' }, spec: { owner: 'pay' } },
    {
      apiVersion: BACKSTAGE,
      kind: 'System',
      metadata: { name: 'trade', title: 'Trade' },
      spec: { owner: 'pay', serves: ['outcome:default/faster'] },
    },
    { apiVersion: BACKSTAGE, kind: 'Group', metadata: { name: 'pay' }, spec: { type: 'team', children: [] } },
    entity('Repository', 'shop', {}),
    entity('Repository', 'shop', { owner: 'group:default/pay', system: 'system:default/trade' }),
    entity('Repository', 'new-1', {}),
    entity('Measure', 'hours', { question: 'How long?', unit: 'h', better: 'lower' }),
    entity('Measure', 'hours', { question: 'How long at all?', unit: 's' }),
    entity('Vision', 'vision', {
      statement: 'Parcels people can plan around.',
      horizon: '2028-12-31',
      outcomes: ['outcome:default/faster'],
      principles: ['principle:default/small'],
    }),
    entity('Exception', 'once', {
      from: 'principle:default/small',
      subjects: ['component:default/checkout'],
      reason: 'A move.',
      until: '2026-01-25',
    }),
    entity('Exception', 'once', {
      from: 'principle:default/small',
      subjects: ['namespace:default'],
      reason: 'A move.',
      until: '2026-03-25',
    }),
    entity('Outcome', 'warm', { statement: 'Warm food at the checkout.', measure: 'hours' }, 'example'),
    {
      apiVersion: BACKSTAGE,
      kind: 'Component',
      metadata: { name: 'demo', namespace: 'example', annotations: annotations({ repository: 'repository:example/demo' }) },
      spec: { type: 'service', lifecycle: 'production', owner: 'pay', serves: ['outcome:default/faster'] },
    },
  ),
)

/** What is declared when a world begins. */
export const BEGINNING: EntityDraft[] = [
  entity('Outcome', 'faster', {
    statement: 'Customers wait less at checkout.',
    measure: 'delivery.change_lead_time',
    baseline: { value: '9d', at: '2025-12-01' },
    target: { value: '1d', by: '2026-03-01' },
    subject: 'system:default/trade',
  }),
  entity('Principle', 'small', {
    statement: 'Ship small changes.',
    signals: [{ measure: 'delivery.change_size', atMost: 200 }],
    serves: ['outcome:default/faster'],
  }),
  {
    apiVersion: BACKSTAGE,
    kind: 'Component',
    metadata: { name: 'checkout', annotations: annotations({ repository: 'repository:default/shop' }) },
    spec: { type: 'service', lifecycle: 'production', owner: 'pay', system: 'trade' },
  },
  { apiVersion: BACKSTAGE, kind: 'System', metadata: { name: 'trade' }, spec: { owner: 'pay' } },
]

function entity(kind: string, name: string, spec: Record<string, unknown>, namespace = 'default'): EntityDraft {
  return { apiVersion: OURS, kind, metadata: { name, ...(namespace === 'default' ? {} : { namespace }) }, spec: defined(spec) }
}

function annotations(of: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(Object.entries(of).flatMap(([key, value]) => (value === undefined ? [] : [[`throughline.dev/${key}`, value]])))
}

function defined(spec: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(spec).filter(([, value]) => value !== undefined))
}
