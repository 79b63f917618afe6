import { afterAll, beforeAll, expect, it } from 'vitest'
import * as z from 'zod'
import { testStore } from '../../../../test/support/store.ts'
import type { Store } from '../../store/index.ts'
import type { Catalog, EntityDraft } from '../catalog.ts'
import { createCatalog } from '../create.ts'

const BY = 'user:default/mara'
const AT = Date.parse('2026-05-04T09:00:00Z')
let store: Store
let catalog: Catalog

beforeAll(async () => {
  store = await testStore()
  catalog = createCatalog({ store, clock: () => AT })
  for (const kind of ['Outcome', 'Principle']) catalog.registerKind({ kind, apiVersions: ['throughline.dev/v1'], spec: z.looseObject({}) })
  await catalog.applyFolder(
    'intent',
    [
      intent('Outcome', 'worked-on', { measure: 'delivery.change_size', links: [{ type: 'ownedBy', to: 'group:pay' }] }),
      intent('Outcome', 'through-principle', { measure: 'delivery.change_size', links: [{ type: 'ownedBy', to: 'group:pay' }] }),
      intent('Outcome', 'a-wish', { owner: 'tbd' }),
      intent('Principle', 'cited', { links: [{ type: 'serves', to: 'outcome:through-principle' }] }),
      intent('Principle', 'only-words'),
      intent('Decision', 'trunk', { supports: ['cited'], affects: ['component:nobody', 'component:neither'] }),
      intent('Decision', 'half', { status: 'superseded' }),
      intent('Decision', 'other-half', { status: 'accepted' }),
      intent('Decision', 'newer', { supersedes: ['other-half'] }),
      intent('Decision', 'proper-old', { status: 'superseded', supersededBy: ['proper-new'] }),
      intent('Decision', 'proper-new', { status: 'accepted' }),
      intent('Exception', 'over', { from: 'cited', subjects: ['namespace:default'], reason: 'migration', until: '2026-05-03' }),
      intent('Exception', 'running', { from: 'cited', subjects: ['namespace:default'], reason: 'migration', until: '2026-05-04' }),
      { apiVersion: 'backstage.io/v1alpha1', kind: 'Group', metadata: { name: 'pay' }, spec: { type: 'team', children: [] } },
      {
        apiVersion: 'backstage.io/v1alpha1',
        kind: 'Component',
        metadata: { name: 'orphan' },
        spec: { type: 'service', lifecycle: 'production', owner: 'unknown' },
      },
      { apiVersion: 'throughline.dev/v1', kind: 'Repository', metadata: { name: 'shop' }, spec: {} },
    ],
    { by: BY },
  )
  await catalog.applyFolder(
    'records',
    [
      intent('Decision', '0001-a-record', { status: 'superseded' }, 'shop'),
      intent('Decision', 'elsewhere', { status: 'superseded' }, 'example'),
    ],
    { by: BY },
  )
  await catalog.addLinks(
    'test',
    [
      { from: 'commit:git/aaa', type: 'serves', to: 'outcome:default/worked-on', origin: 'trailer', confidence: 1, status: 'accepted' },
      { from: 'commit:git/bbb', type: 'implements', to: 'decision:default/trunk', origin: 'trailer', confidence: 1, status: 'accepted' },
      { from: 'commit:git/ccc', type: 'serves', to: 'outcome:default/a-wish', origin: 'inferred', confidence: 0.9, status: 'suggested' },
    ],
    { by: BY },
  )
})
afterAll(() => store.close())

it('every planted hole is found, and nothing else', async () => {
  const gaps = await catalog.gaps({ namespace: 'default', at: AT })
  expect(gaps.map((gap) => `${gap.code} ${gap.ref}`).sort()).toEqual([
    'component_without_owner component:default/orphan',
    'dangling_reference component:default/orphan',
    'dangling_reference decision:default/trunk',
    'exception_expired exception:default/over',
    'outcome_without_measure outcome:default/a-wish',
    'outcome_without_owner outcome:default/a-wish',
    'outcome_without_work outcome:default/a-wish',
    'principle_uncited principle:default/only-words',
    'superseding_one_sided decision:default/half',
    'superseding_one_sided decision:default/other-half',
    'superseding_one_sided decision:shop/0001-a-record',
  ])
})

it('each is a sentence with a way out', async () => {
  const gaps = await catalog.gaps({ namespace: 'default', at: AT })
  expect(gaps.find((gap) => gap.ref === 'decision:default/trunk')).toMatchObject({
    message: 'decision:default/trunk names component:default/neither and component:default/nobody, which nobody declares',
  })
  expect(gaps.find((gap) => gap.ref === 'decision:default/other-half')).toMatchObject({
    message: 'decision:default/newer supersedes decision:default/other-half, whose own status is accepted',
    fix: 'Set the status of decision:default/other-half to superseded.',
  })
  for (const gap of gaps) expect(gap.fix).toMatch(/^[A-Z].*\.$/)
})

it('an exception that was removed since is still found as of before', async () => {
  const spec = { from: 'cited', subjects: ['namespace:default'], reason: 'migration', until: '2026-05-01' }
  await catalog.applyFolder('for-a-while', [intent('Exception', 'gone', spec)], { by: BY })
  const before = await catalog.present()
  await catalog.applyFolder('for-a-while', [], { by: BY })
  const found = (more: object) =>
    catalog.gaps({ namespace: 'default', at: AT, finder: 'exception_expired', ...more }).then((gaps) => gaps.map(({ ref }) => ref))
  expect(await found({})).toEqual(['exception:default/over'])
  expect(await found({ asOf: before })).toEqual(['exception:default/gone', 'exception:default/over'])
})

it('houses add what they find', async () => {
  catalog.registerGaps({
    code: 'test',
    find: async ({ namespace }) =>
      namespace === 'quiet' ? [{ code: 'test', ref: 'outcome:quiet/x', message: 'A hole', fix: 'Mend it.' }] : [],
  })
  expect(await catalog.gaps({ namespace: 'quiet', at: AT })).toEqual([
    { code: 'test', ref: 'outcome:quiet/x', message: 'A hole', fix: 'Mend it.' },
  ])
})

function intent(kind: string, name: string, spec: Record<string, unknown> = {}, namespace?: string): EntityDraft {
  return { apiVersion: 'throughline.dev/v1', kind, metadata: { name, ...(namespace ? { namespace } : {}) }, spec }
}
