import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestGround, testGround } from '../../../../test/support/ground.ts'
import type { EntityDraft, Observation } from '../../../ground/catalog/index.ts'
import { DAY, formatInstant } from '../../../ground/core/index.ts'
import { Evidence, type EvidenceInput } from '../../../ground/ledger/index.ts'
import { installPeople } from '../../../ground/people/index.ts'
import { installPlatform, platformOperations } from '../index.ts'

const NOW = Date.parse('2026-06-01T12:00:00Z')
const by = 'user:default/u1'
const SHOP = 'repository:default/shop'
const [read, list] = [
  platformOperations.find((one) => one.id === 'facts.read')!,
  platformOperations.find((one) => one.id === 'contradictions')!,
]
let ground: TestGround

const context = () => ({ ...ground, caller: { person: by, scopes: ['read' as const] } })
const factsOf = async (ref: string, more: Record<string, unknown> = {}) =>
  read.output.parse(await read.run(read.input.parse({ ref: `component:default/${ref}`, ...more }), context()))
const contradictions = async (more: Record<string, unknown> = {}) => list.output.parse(await list.run(list.input.parse(more), context()))
const found = async (more: Record<string, unknown> = {}) =>
  (await contradictions(more)).contradictions.map(({ code, ref }) => `${code} ${ref.split('/')[1]}`)

const owner = (value: string): Observation => ({
  fact: 'owner',
  value: `group:default/${value}`,
  from: 'CODEOWNERS',
  file: 'CODEOWNERS',
  line: 2,
  because: '/x/',
})
const scanned = (name: string, path: string, owners: string[]): EntityDraft => ({
  ...component(name, { owner: owners[0] ?? 'unknown', type: 'unknown', lifecycle: 'unknown' }, path),
  observed: [...owners.map(owner), { fact: 'repository', value: SHOP, from: 'tree' }, { fact: 'path', value: path, from: 'tree' }],
})
/** A scan of the shop, with an owner of the checkout. */
const scan = (checkout: string) =>
  ground.catalog.applyFolder(
    `scan:${SHOP}`,
    [
      { apiVersion: 'throughline.dev/v1', kind: 'Repository', metadata: { name: 'shop' }, spec: { defaultBranch: 'main' } },
      scanned('checkout', 'checkout', [checkout]),
      scanned('old', 'old', ['pay']),
      scanned('asleep', 'asleep', ['pay']),
      scanned('lonely', 'lonely', ['web']),
    ],
    { by, origin: 'inferred' },
  )

beforeAll(async () => {
  ground = await testGround({ now: NOW - 10 * DAY, install: [installPeople, installPlatform] })
  await scan('web')
  await ground.catalog.applyFolder(
    '/catalogue',
    [
      group('pay'),
      { ...group('web'), metadata: { name: 'web' } },
      { apiVersion: 'backstage.io/v1alpha1', kind: 'User', metadata: { name: 'u9' }, spec: { memberOf: ['gone'], until: '2026-03-01' } },
      group('gone'),
      { ...component('checkout', { owner: 'pay', dependsOn: ['component:old', 'resource:db'] }, 'checkout'), file: 'shop.yaml', line: 5 },
      component('old', { owner: 'pay', lifecycle: 'deprecated' }, 'old'),
      component('asleep', { owner: 'pay' }, 'asleep'),
      component('left', { owner: 'gone' }),
      component('typo', { owner: 'nobody-of-that-name' }),
    ],
    { by },
  )
  await ground.catalog.addLinks(
    'packages',
    [
      {
        from: 'component:default/checkout',
        type: 'dependsOn',
        to: 'component:default/old',
        origin: 'reference',
        confidence: 1,
        status: 'accepted',
        because: 'lock file',
      },
    ],
    { by },
  )
  const records: EvidenceInput[] = [
    commit('a', 20, ['checkout/pay.ts']),
    commit('b', 12, ['old/app.ts']),
    commit('c', 500, ['asleep/app.ts', 'asleep-not/app.ts']),
    deployment('1', 'component:default/old', 11),
    deployment('2', 'component:default/old', 200),
    deployment('3', 'component:default/old', 11, { environment: 'staging' }),
    deployment('4', 'component:default/old', 11, { outcome: 'failure' }),
  ]
  await ground.ledger.append(
    records.map((record) => Evidence.parse(record)),
    { by },
  )
}, 60_000)
afterAll(() => ground.store.close())

describe('facts of one thing', () => {
  it('are told with who says them, where, since when, and what is seen beside', async () => {
    const { tellers, facts } = await factsOf('checkout')
    expect(tellers).toMatchObject([
      { folder: '/catalogue', origin: 'file', file: 'shop.yaml', line: 5, stands: true, declares: true },
      { folder: `scan:${SHOP}`, origin: 'inferred', stands: false, declares: false },
    ])
    expect(facts.find(({ fact }) => fact === 'owner')).toMatchObject({
      declared: [{ value: 'group:default/pay', file: 'shop.yaml', line: 5, by, since: formatInstant(NOW - 10 * DAY) }],
      observed: [
        {
          value: 'group:default/web',
          from: 'CODEOWNERS',
          file: 'CODEOWNERS',
          line: 2,
          because: '/x/',
          seenAt: formatInstant(NOW - 10 * DAY),
        },
      ],
      verdict: 'contradicts',
      contradictions: [{ code: 'owner_contradicted' }],
    })
    expect(facts.map(({ fact, verdict, declared: [one], observed: [other] }) => [fact, verdict, one?.value ?? other?.value])).toEqual([
      ['owner', 'contradicts', 'group:default/pay'],
      ['lifecycle', 'agrees', 'production'],
      ['type', 'declared_only', 'service'],
      ['repository', 'agrees', SHOP],
      ['path', 'agrees', 'checkout'],
      ['dependsOn', 'agrees', 'component:default/old'],
      ['dependsOn', 'declared_only', 'resource:default/db'],
    ])
  })

  it('that only a scan saw are observed, and nobody is said to declare them', async () => {
    const { tellers, facts } = await factsOf('lonely')
    expect(tellers).toMatchObject([{ stands: true, declares: false }])
    expect(facts.map(({ fact, verdict }) => [fact, verdict])).toEqual([
      ['owner', 'observed_only'],
      ['repository', 'observed_only'],
      ['path', 'observed_only'],
    ])
  })

  it('of something nobody tells of are refused', async () => {
    await expect(factsOf('nothing')).rejects.toMatchObject({ status: 404, problem: { code: 'facts.nothing_told' } })
  })
})

describe('contradictions', () => {
  it('are those that were planted and no other, with their number by code, in pages', async () => {
    ground.setNow(NOW)
    await scan('web')
    expect(await found()).toEqual([
      'owner_contradicted checkout',
      'owner_left left',
      'owner_undeclared typo',
      'lifecycle_contradicted old',
      'production_quiet asleep',
    ])
    expect(await contradictions({ code: 'production_quiet' })).toMatchObject({
      total: 1,
      byCode: { length: 5 },
      contradictions: [{ fact: 'lifecycle' }],
    })
    expect(await contradictions({ limit: 1, offset: 3 })).toMatchObject({ total: 5, contradictions: [{ code: 'lifecycle_contradicted' }] })
    expect(await found({ namespace: 'elsewhere' })).toEqual([])
  })

  it('say what happened, not more', async () => {
    const { contradictions: all } = await contradictions()
    expect(all.map(({ message }) => message).slice(3)).toEqual([
      'It is declared deprecated, and was deployed to production once in the last 28 days, last on 21 May 2026',
      'It is declared production, and no commit, deployment or incident of it is known since 17 January 2025',
    ])
  })

  it('are holes, each once: who left and names nobody declares have holes of their own', async () => {
    const gaps = await ground.catalog.gaps({ namespace: 'default', at: NOW })
    expect(gaps.map(({ code, ref }) => `${code} ${ref.split('/')[1]}`).filter((one) => !one.startsWith('dangling'))).toEqual([
      'owner_left left',
      'owner_contradicted checkout',
      'lifecycle_contradicted old',
      'production_quiet asleep',
    ])
  })

  it('were none before they were known or before they happened', async () => {
    expect(await found({ at: formatInstant(NOW - 15 * DAY) })).not.toContain('lifecycle_contradicted old')
    expect(await found({ asOf: formatInstant(NOW - 11 * DAY) })).toEqual([])
  })

  it('that were healed are still seen as of before', async () => {
    const before = (await contradictions()).asOf
    ground.setNow(NOW + DAY)
    await scan('pay')
    expect(await found({ code: 'owner_contradicted' })).toEqual([])
    expect((await factsOf('checkout')).facts[0]).toMatchObject({ fact: 'owner', verdict: 'agrees' })
    expect(await found({ code: 'owner_contradicted', asOf: before })).toEqual(['owner_contradicted checkout'])
    expect((await factsOf('checkout', { asOf: before })).facts[0]).toMatchObject({
      verdict: 'contradicts',
      observed: [{ seenAt: formatInstant(NOW) }],
    })
  })

  it('asked again with the moment an answer states, the answer is the same', async () => {
    const now = await factsOf('checkout')
    ground.setNow(NOW + 5 * DAY)
    await scan('web')
    await ground.catalog.write(component('checkout', { owner: 'web' }, 'checkout'), { by })
    expect(await factsOf('checkout', { asOf: now.asOf })).toEqual(now)
    expect((await factsOf('checkout')).facts[0]).toMatchObject({
      declared: [
        { value: 'group:default/web', folder: null, stands: true },
        { value: 'group:default/pay', folder: '/catalogue', stands: false },
      ],
      contradictions: [{ code: 'declared_twice' }],
    })
  })
})

function component(name: string, spec: Record<string, unknown>, path?: string): EntityDraft {
  const annotations = path ? { annotations: { 'throughline.dev/repository': SHOP, 'throughline.dev/path': path } } : {}
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name, ...annotations },
    spec: { type: 'service', lifecycle: 'production', ...spec },
  }
}
function group(name: string): EntityDraft {
  return { apiVersion: 'backstage.io/v1alpha1', kind: 'Group', metadata: { name }, spec: { type: 'team', children: [] } }
}
function commit(id: string, daysAgo: number, files: string[]): EvidenceInput {
  const at = formatInstant(NOW - daysAgo * DAY)
  const sha = id.repeat(40)
  return {
    kind: 'commit',
    source: 'git',
    id: sha,
    subject: SHOP,
    at,
    sha,
    author: 'dev-1@example.org',
    authoredAt: at,
    committedAt: at,
    parents: [],
    files: files.map((file): [string, number, number] => [file, 1, 0]),
  }
}
function deployment(id: string, subject: string, daysAgo: number, more: Record<string, unknown> = {}): EvidenceInput {
  const at = formatInstant(NOW - daysAgo * DAY)
  return {
    kind: 'deployment',
    source: 'ci',
    id,
    subject,
    at,
    environment: 'production',
    commit: 'b'.repeat(40),
    finishedAt: at,
    outcome: 'success',
    ...more,
  } as EvidenceInput
}
