import { afterEach, beforeEach, expect, test } from 'vitest'
import { type TestGround, testGround } from '../../../../test/support/ground.ts'
import { type Evidence, parseEvidence } from '../../../ground/ledger/index.ts'
import { installDelivery } from '../index.ts'
import { coverageOf } from './coverage.ts'

const NOW = Date.parse('2026-06-01T00:00:00Z')
const by = 'user:default/me'

let ground: TestGround
beforeEach(async () => {
  ground = await testGround({ now: NOW, install: [installDelivery] })
})
afterEach(() => ground.store.close())

async function component(name: string, owner: string, annotations: Record<string, string> = {}): Promise<void> {
  await ground.catalog.write(
    {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: { name, annotations },
      spec: { type: 'service', lifecycle: 'production', owner },
    },
    { by },
  )
}

async function told(kind: Evidence['kind'], subject: string, at: string, more: Record<string, unknown>): Promise<void> {
  const read = parseEvidence({ kind, source: 'ci', id: `${kind}-${at}`, subject, at, ...more })
  if (!read.ok) throw new Error(read.problems[0]!.message)
  await ground.ledger.append([read.value], { by })
}
const deployed = (subject: string, at: string, environment = 'production') =>
  told('deployment', subject, at, { commit: 'a'.repeat(40), finishedAt: at, outcome: 'success', environment })

const promise = {
  from: 'slo:default/shop-up',
  type: 'partOf',
  to: 'component:default/shop',
  origin: 'declared',
  confidence: 1,
  status: 'accepted',
  because: 'spec.service',
} as const

async function known(at = NOW, asOf = NOW): Promise<Record<string, string[]>> {
  const { aspects } = await coverageOf(ground, { namespace: 'default', at, asOf })
  return Object.fromEntries(aspects.map(({ aspect, missing }) => [aspect, missing.map(({ ref }) => ref.replace('component:default/', ''))]))
}

test('components are covered by what is told of them lately, incidents by any ever told', async () => {
  await component('shop', 'group:default/shop')
  await component('search', 'unknown')
  await deployed('component:default/shop', '2026-05-20T10:00:00Z')
  await deployed('component:default/search', '2026-01-20T10:00:00Z')
  await told('incident', 'component:default/search', '2025-01-20T10:00:00Z', { title: 'Down', openedAt: '2025-01-20T10:00:00Z' })
  await told('sli', 'component:default/search', '2026-05-20T10:00:00Z', {
    indicator: 'up',
    windowStart: '2026-05-20T10:00:00Z',
    seconds: 60,
    good: 9,
    total: 10,
  })
  expect(await known()).toEqual({
    owner: ['search'],
    changes: ['search', 'shop'],
    deployments: ['search'],
    incidents: ['shop'],
    slis: ['shop'],
    slos: ['search', 'shop'],
  })
  await ground.catalog.addLinks('slos', [promise], { by })
  expect((await known()).slos).toEqual(['search'])
})

test('a deployment elsewhere, or one still to come, covers nothing; what the repository is released with covers its parts', async () => {
  await component('shop', 'group:default/shop', { 'throughline.dev/repository': 'repository:default/mono', 'throughline.dev/path': 'shop' })
  await deployed('repository:default/mono', '2026-05-20T10:00:00Z', 'staging')
  await deployed('repository:default/mono', '2026-06-20T10:00:00Z')
  expect((await known()).deployments).toEqual(['shop'])
  await deployed('repository:default/mono', '2026-05-21T10:00:00Z')
  expect((await known()).deployments).toEqual([])
})

test('asked as it was known before, coverage is what it was', async () => {
  await component('shop', 'group:default/shop')
  const before = NOW + 1_000
  ground.setNow(NOW + 60_000)
  await deployed('component:default/shop', '2026-05-20T10:00:00Z')
  expect((await known()).deployments).toEqual(['shop'])
  expect((await known(NOW, before)).deployments).toEqual(['shop'])
  expect((await known(NOW, NOW + 120_000)).deployments).toEqual([])
})

test('a namespace without components has nothing to cover', async () => {
  expect(await coverageOf(ground, { namespace: 'empty', at: NOW, asOf: NOW })).toMatchObject({ components: 0 })
})
