import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { EntityDraft } from './catalog.ts'
import { checkedDraft } from './check.ts'
import { contentHash, docOf } from './document.ts'
import { sharedKinds } from './kinds/index.ts'
import { KindRegistry } from './kinds/registry.ts'

const kinds = new KindRegistry(sharedKinds)
const problemsOf = (draft: EntityDraft) => checkedDraft(draft, kinds).problems
const codesOf = (draft: EntityDraft) => problemsOf(draft).map((problem) => `${problem.severity} ${problem.code} ${problem.path}`)

describe('the envelope of an entity', () => {
  it('accepts what Backstage accepts', () => {
    expect(
      codesOf(
        component({
          name: 'Payments_v2.api',
          namespace: 'devex',
          labels: { 'example.com/tier': '', plain: 'A_b.c' },
          annotations: { 'a.b/c': 'any text: at all' },
          tags: ['c++', 'c#', 'team:pay-1'],
          links: [{ url: 'https://example.com', title: 'Home' }],
        }),
      ),
    ).toEqual([])
  })

  it('refuses what Backstage refuses, naming the place and what is allowed', () => {
    expect(codesOf(component({ name: '-x' }))).toEqual(['error catalog.bad_name metadata.name'])
    expect(codesOf(component({ name: 'x'.repeat(64) }))).toEqual(['error catalog.bad_name metadata.name'])
    expect(codesOf(component({ namespace: 'Dev' }))).toEqual(['error catalog.bad_namespace metadata.namespace'])
    expect(codesOf(component({ namespace: 'a--b' }))).toEqual(['error catalog.bad_namespace metadata.namespace'])
    expect(codesOf(component({ labels: { ok: 'no spaces here' } }))).toEqual(['error catalog.bad_label metadata.labels.ok'])
    expect(codesOf(component({ labels: { 'a/b/c': 'x' } }))).toEqual(['error catalog.bad_label metadata.labels.a/b/c'])
    expect(codesOf(component({ annotations: { version: 1 } as never }))).toEqual(['error catalog.not_text metadata.annotations.version'])
    expect(codesOf(component({ tags: ['Java'] }))).toEqual(['error catalog.bad_tag metadata.tags.0'])
    expect(codesOf(component({ tags: null as never }))).toEqual(['error catalog.not_a_list metadata.tags'])
    expect(codesOf(component({ links: [{ url: 'example' }] }))).toEqual(['error catalog.bad_url metadata.links.0.url'])
    expect(codesOf({ ...component(), apiVersion: 'Backstage.io/v1/x' })).toEqual(['error catalog.bad_api_version apiVersion'])
    expect(codesOf({ ...component(), kind: '1st' })).toEqual(['error catalog.bad_kind kind'])
  })

  it('survives documents that are not documents', () => {
    for (const metadata of [null, [], 'x', {}, { name: 7 }, { name: '' }])
      expect(problemsOf({ ...component(), metadata: metadata as never })[0]).toMatchObject({ severity: 'error' })
    for (const spec of [null, [], 'x']) expect(codesOf({ ...component(), spec: spec as never })).toEqual(['error catalog.not_a_map spec'])
    expect(codesOf({ ...component(), kind: undefined as never })).toEqual(['error catalog.bad_kind kind'])
  })

  it('refuses what could not be kept and given back unchanged', () => {
    const held = (value: unknown) => problemsOf({ ...component(), spec: { ...component().spec, extra: value } })[0]
    expect(held(new Date(0))).toMatchObject({ code: 'catalog.unstorable', path: 'spec.extra' })
    expect(held(Number.NaN)).toMatchObject({ message: 'spec.extra is not a finite number, which cannot be kept' })
    expect(held('a\0b')).toMatchObject({ code: 'catalog.unstorable' })
    expect(held('\ud800')).toMatchObject({ code: 'catalog.unstorable' })
    expect(held({ '\0': 1 })).toMatchObject({ code: 'catalog.unstorable' })
    let deep: unknown = 1
    for (let level = 0; level < 200; level += 1) deep = [deep]
    expect(held(deep)?.message).toContain('nested deeper than 100 levels')
    const loop: Record<string, unknown> = {}
    loop.self = loop
    expect(held(loop)?.message).toContain('nested deeper')
  })

  it('never throws, whatever a file holds', () => {
    fc.assert(
      fc.property(
        fc.record({
          apiVersion: fc.oneof(fc.constant('throughline.dev/v1'), fc.string()),
          kind: fc.oneof(fc.constantFrom('Decision', 'Measure', 'Component'), fc.string()),
          metadata: fc.oneof(fc.record({ name: fc.string() }), fc.anything()),
          spec: fc.oneof(fc.object(), fc.anything()),
        }),
        (draft) => {
          const checked = checkedDraft(draft as never, kinds)
          expect(checked.refused || checked.ref !== null).toBe(true)
        },
      ),
    )
  })
})

describe('kinds', () => {
  it('keeps a foreign kind as it is, with a warning', () => {
    const checked = checkedDraft(
      {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'AiResource',
        metadata: { name: 'helper' },
        spec: { owner: 'team-a', system: 'shop', anything: [1] },
      },
      kinds,
    )
    expect(checked.problems).toMatchObject([{ severity: 'warning', code: 'catalog.unknown_kind' }])
    expect(checked.links.map(({ type, to }) => `${type} ${to}`)).toEqual(['ownedBy group:default/team-a', 'partOf system:default/shop'])
    expect(codesOf({ apiVersion: 'example.com/v9', kind: 'Widget', metadata: { name: 'w' }, spec: { links: 'not a list' } })).toEqual([
      'warning catalog.unknown_kind kind',
    ])
  })

  it('refuses a kind of ours that does not exist and says which was meant', () => {
    expect(problemsOf({ apiVersion: 'throughline.dev/v1', kind: 'Desicion', metadata: { name: 'x' }, spec: {} })).toMatchObject([
      { severity: 'error', code: 'catalog.unknown_kind', fix: 'Did you mean Decision?' },
    ])
    expect(problemsOf({ apiVersion: 'throughline.dev/v1', kind: 'Component', metadata: { name: 'x' }, spec: {} })[0]!.fix).toBe(
      'Write apiVersion: backstage.io/v1alpha1 and kind: Component.',
    )
    expect(problemsOf({ apiVersion: 'throughline.dev/v2', kind: 'Decision', metadata: { name: 'x' }, spec: {} })[0]!.fix).toBe(
      'Write apiVersion: throughline.dev/v1 and kind: Decision.',
    )
  })

  it('names path and allowed values when a field of ours is wrong', () => {
    const decision = (spec: Record<string, unknown>) =>
      problemsOf({ apiVersion: 'throughline.dev/v1', kind: 'Decision', metadata: { name: 'x' }, spec })
    expect(decision({ status: 'done' })).toMatchObject([
      {
        path: 'spec.status',
        message: 'spec.status has to be proposed, accepted, rejected, deprecated, superseded, draft or not stated, not "done"',
      },
    ])
    expect(decision({ suports: [] })).toMatchObject([
      { code: 'catalog.unknown_field', path: 'spec.suports', fix: 'Did you mean supports?' },
    ])
    expect(decision({ date: '2026-02-30' })).toMatchObject([{ path: 'spec.date' }])
    expect(decision({ supports: ['not a ref!'] })).toMatchObject([{ path: 'spec.supports.0' }])
    expect(decision({ options: [{ good: [] }] })).toMatchObject([
      { path: 'spec.options.0.title', message: 'spec.options.0.title is missing' },
    ])
    expect(
      problemsOf({
        apiVersion: 'throughline.dev/v1',
        kind: 'Exception',
        metadata: { name: 'x' },
        spec: { from: 'small-changes', subjects: ['component:default/ledger'], reason: 'r' },
      }),
    ).toMatchObject([{ path: 'spec.until', message: 'spec.until is missing' }])
  })

  it('reads an API without its definition file, not one without a definition', () => {
    const api = (definition: unknown) =>
      codesOf({
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'API',
        metadata: { name: 'orders' },
        spec: { type: 'openapi', lifecycle: 'production', owner: 'a', definition },
      })
    expect(api('openapi: 3.1.0')).toEqual([])
    expect(api({ $text: './missing.yaml' })).toEqual([])
    expect(api('')).toEqual(['error catalog.bad_spec spec.definition'])
  })

  it('takes a reference Backstage takes, and warns when nothing can be called that', () => {
    expect(codesOf({ ...component(), spec: { ...component().spec, owner: 'Team Payments' } })).toEqual(['warning ref.bad_name spec.owner'])
    expect(codesOf({ ...component(), spec: { ...component().spec, dependsOn: ['checkout'] } })).toEqual([
      'error ref.no_kind spec.dependsOn.0',
    ])
    expect(codesOf({ ...component(), spec: { ...component().spec, owner: 'a:b:c' } })).toEqual(['error catalog.bad_spec spec.owner'])
  })
})

describe('links a document states', () => {
  it('keeps each in one direction, whichever side wrote it', () => {
    const group = checkedDraft(
      {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Group',
        metadata: { name: 'pay' },
        spec: { type: 'team', children: ['ops'], parent: 'all', members: ['mara'] },
      },
      kinds,
    )
    expect(group.links.map(({ from, type, to }) => `${from} ${type} ${to}`)).toEqual([
      'group:default/all parentOf group:default/pay',
      'group:default/pay parentOf group:default/ops',
      'user:default/mara memberOf group:default/pay',
    ])
    const used = checkedDraft(
      {
        ...component(),
        spec: {
          ...component().spec,
          dependencyOf: ['component:web'],
          links: [
            { type: 'servedby', to: 'change:git/42' },
            { type: 'Serves', to: 'outcome:faster' },
          ],
        },
      },
      kinds,
    )
    expect(used.links.map(({ from, type, to }) => `${from} ${type} ${to}`).slice(1)).toEqual([
      'component:default/web dependsOn component:default/checkout',
      'change:git/42 serves component:default/checkout',
      'component:default/checkout serves outcome:default/faster',
    ])
  })

  it('reads short names in the namespace of the document', () => {
    const checked = checkedDraft(component({ namespace: 'devex' }), kinds)
    expect(checked.links[0]).toMatchObject({ from: 'component:devex/checkout', to: 'group:devex/payments', path: 'spec.owner' })
  })

  it('keeps a type of link it does not know, and says so', () => {
    const checked = checkedDraft(
      { ...component(), spec: { ...component().spec, links: [{ type: 'suports', to: 'principle:small' }] } },
      kinds,
    )
    expect(checked.problems).toMatchObject([{ severity: 'warning', code: 'catalog.unknown_link_type', fix: 'Did you mean supports?' }])
    expect(checked.links.at(-1)).toMatchObject({ type: 'suports', to: 'principle:default/small' })
  })
})

it('the order of keys is not content, everything else is', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (spec) => {
      const turned = Object.fromEntries(Object.entries(spec).reverse())
      expect(contentHash(docOf({ ...component(), spec: turned }))).toBe(contentHash(docOf({ ...component(), spec })))
      expect(contentHash(docOf({ ...component(), spec: { ...spec, more: [spec] } }))).not.toBe(contentHash(docOf({ ...component(), spec })))
    }),
  )
})

function component(metadata: Record<string, unknown> = {}): EntityDraft {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name: 'checkout', ...metadata },
    spec: { type: 'service', lifecycle: 'production', owner: 'payments' },
  }
}
