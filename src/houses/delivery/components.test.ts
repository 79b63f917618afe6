import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type TestGround, testGround } from '../../../test/support/ground.ts'
import type { Reading, ReadingAsk } from '../../ground/core/index.ts'
import { type Evidence, parseEvidence } from '../../ground/ledger/index.ts'
import { installDelivery } from './index.ts'
import { day, sha } from './scenario.test-data.ts'

const MONO = 'repository:default/mono'
const MAY = { from: Date.parse(day(1)), to: Date.parse(day(29)), at: Date.parse(day(29)) }
const by = 'user:default/me'
const hour = 3600

let ground: TestGround
beforeEach(async () => {
  ground = await testGround({ now: MAY.at, install: [installDelivery] })
})
afterEach(() => ground.store.close())

function evidence(kind: Evidence['kind'], subject: string, id: string, at: string, more: Record<string, unknown>, source = 'ci'): Evidence {
  const read = parseEvidence({ kind, source, id, subject, at, ...more })
  if (!read.ok) throw new Error(read.problems[0]!.message)
  return read.value
}
const commit = (name: string, parents: string[], at: string, files: string[], subject = MONO) =>
  evidence(
    'commit',
    subject,
    sha(name),
    at,
    {
      sha: sha(name),
      author: 'dev',
      authoredAt: at,
      committedAt: at,
      parents: parents.map(sha),
      message: name,
      files: files.map((file) => [file, 10, 0]),
      additions: 10 * files.length,
      deletions: 0,
    },
    'events',
  )
const deployed = (subject: string, id: string, name: string, at: string, more: Record<string, unknown> = {}) =>
  evidence('deployment', subject, id, at, { commit: sha(name), finishedAt: at, outcome: 'success', ...more })

async function component(name: string, annotations: Record<string, string>): Promise<void> {
  await ground.catalog.write(
    {
      apiVersion: 'backstage.io/v1alpha1',
      kind: 'Component',
      metadata: { name, annotations },
      spec: { type: 'service', lifecycle: 'production', owner: 'group:default/shop' },
    },
    { by },
  )
}
const read = (measure: string, subject: string, more: Partial<ReadingAsk> = {}): Promise<Reading> =>
  ground.measures.read({ measure: `delivery.${measure}`, subject, ...MAY, ...more })

/** One repository, two services in folders of their own; the web is deployed by itself. */
async function monorepo(): Promise<void> {
  await component('api', { 'throughline.dev/repository': MONO, 'throughline.dev/path': 'services/api' })
  await component('web', { 'throughline.dev/repository': MONO, 'throughline.dev/path': 'services/web' })
  await ground.ledger.append(
    [
      commit('c0', [], day(1, '08:00'), ['README.md']),
      commit('a1', ['c0'], day(2, '08:00'), ['services/api/a.ts']),
      commit('w1', ['a1'], day(3, '08:00'), ['services/web/w.ts']),
      commit('both', ['w1'], day(4, '08:00'), ['services/api/a.ts', 'services/web/w.ts']),
      commit('docs', ['both'], day(5, '08:00'), ['docs/a.md']),
      deployed('component:default/api', 'api-1', 'c0', day(1, '10:00')),
      deployed('component:default/api', 'api-2', 'both', day(4, '10:00')),
      deployed('component:default/web', 'web-1', 'c0', day(1, '10:00')),
      deployed('component:default/web', 'web-2', 'docs', day(5, '10:00')),
    ],
    { by },
  )
}

describe('a repository with several services', () => {
  test('each service has the changes that touch its folder, by its own deployments', async () => {
    await monorepo()
    // api: a1 the 2nd 08:00 → the 4th 10:00 = 50 h, both 2 h. web: w1 the 3rd 08:00 → the 5th 10:00 = 50 h, both 26 h.
    expect(await read('change_lead_time', 'component:default/api')).toMatchObject({ value: 26 * hour, n: 2 })
    expect(await read('change_lead_time', 'component:default/web')).toMatchObject({ value: 38 * hour, n: 2 })
    // What is large in api does not make a change of web large: the one that touches both has 10 lines in each.
    expect(await read('change_size', 'component:default/web')).toMatchObject({ value: 10, n: 2 })
  })
  test('a roll-up counts a change of two services once, when the first of them has it; and says what it covers', async () => {
    await monorepo()
    // a1 50 h (api), w1 50 h (web), both 2 h (api, before web): median 50 h. c0 and docs belong to neither service.
    const all = await read('change_lead_time', 'namespace:default')
    expect(all).toMatchObject({ value: 50 * hour, n: 3, covers: { subjects: 3, withData: 2 } })
    expect((await read('change_size', 'namespace:default')).n).toBe(5)
    expect(
      (await ground.measures.rows({ measure: 'delivery.change_lead_time', subject: 'namespace:default', ...MAY })).filter(
        ({ id, excluded }) => id.endsWith(sha('both')) && !excluded,
      ),
    ).toHaveLength(1)
  })
  test('the same roll-up as of a moment is the same reading', async () => {
    await monorepo()
    const asOf = ground.ledger.now()
    ground.setNow(MAY.at + 1)
    for (const measure of ['change_lead_time', 'change_size', 'deployment_frequency']) {
      const { asOf: _now, ...now } = await read(measure, 'namespace:default')
      const { asOf: _then, ...then } = await read(measure, 'namespace:default', { asOf })
      expect(then).toEqual(now)
    }
  })
  test('by component there is one reading each, from one collection', async () => {
    await monorepo()
    const readings = await ground.measures.readMany({
      measure: 'delivery.deployment_frequency',
      subject: 'namespace:default',
      ...MAY,
      by: 'component',
    })
    expect(readings.map(({ subject, n }) => [subject, n])).toEqual([
      ['component:default/api', 2],
      ['component:default/web', 2],
      [MONO, 0],
    ])
    expect(readings[2]).toMatchObject({ value: null, unknown: { code: 'no_deployments' } })
  })
  test('a folder that is not deployed by itself goes out with the releases of its repository', async () => {
    await component('api', { 'throughline.dev/repository': MONO, 'throughline.dev/path': 'services/api' })
    await ground.ledger.append(
      [
        commit('c0', [], day(1, '08:00'), ['README.md']),
        commit('a1', ['c0'], day(2, '08:00'), ['services/api/a.ts']),
        commit('x1', ['a1'], day(2, '09:00'), ['tools/x.ts']),
        deployed(MONO, 'r1', 'c0', day(1, '10:00')),
        deployed(MONO, 'r2', 'x1', day(2, '10:00')),
      ],
      { by },
    )
    expect(await read('change_lead_time', 'component:default/api')).toMatchObject({ value: 2 * hour, n: 1 })
    // Its first own deployment makes it a thing deployed by itself.
    await ground.ledger.append([deployed('component:default/api', 'own', 'x1', day(3, '10:00'))], { by })
    expect(await read('change_lead_time', 'component:default/api')).toMatchObject({
      value: null,
      unknown: { code: 'no_previous_deployment' },
    })
    // The release both parts went out with is one deployment, not two.
    expect((await read('deployment_frequency', 'namespace:default')).n).toBe(3)
  })
})

describe('a component that covers its whole repository', () => {
  test('evidence under either name counts for both', async () => {
    await component('shop', { 'throughline.dev/repository': 'repository:default/shop' })
    await ground.ledger.append(
      [
        commit('c0', [], day(1, '08:00'), [], 'repository:default/shop'),
        commit('c1', ['c0'], day(2, '08:00'), [], 'repository:default/shop'),
        deployed('component:default/shop', 'd1', 'c0', day(1, '10:00')),
        deployed('component:default/shop', 'd2', 'c1', day(2, '10:00')),
      ],
      { by },
    )
    for (const subject of ['component:default/shop', 'repository:default/shop', 'namespace:default']) {
      expect(await read('change_lead_time', subject)).toMatchObject({ value: 2 * hour, n: 1 })
    }
  })
  test('a change that a folder told of early stays its own when the repository tells of later things', async () => {
    await component('api', { 'throughline.dev/repository': MONO, 'throughline.dev/path': 'api' })
    const merged = { number: 2, mergedAt: day(6), openedAt: day(5), additions: 7, deletions: 0 }
    await ground.ledger.append(
      [
        evidence('change', 'component:default/api', '2', day(5), { number: 2, openedAt: day(5) }, 'forge'),
        evidence('change', MONO, '2', day(10), merged, 'forge'),
        deployed(MONO, 'd1', 'c0', day(7)),
      ],
      { by },
    )
    // Its lines would be those in the folder, which only commits tell.
    const one = { excluded: [{ code: 'lines_not_known', count: 1 }] }
    expect(await read('change_size', 'component:default/api')).toMatchObject(one)
    ground.setNow(MAY.at + 1)
    await ground.ledger.append([deployed(MONO, 'd2', 'c1', day(5, '12:00'))], { by })
    expect(await read('change_size', 'component:default/api')).toMatchObject(one)
  })
  test('a component declared later has the history from before it was', async () => {
    await ground.ledger.append(
      [
        commit('c0', [], day(1, '08:00'), ['api/a.ts']),
        commit('c1', ['c0'], day(2, '08:00'), ['web/w.ts']),
        deployed(MONO, 'd1', 'c0', day(1, '10:00')),
        deployed(MONO, 'd2', 'c1', day(2, '10:00')),
      ],
      { by },
    )
    expect(await read('change_lead_time', MONO)).toMatchObject({ n: 1 })
    await component('web', { 'throughline.dev/repository': MONO, 'throughline.dev/path': 'web' })
    expect(await read('change_lead_time', 'component:default/web')).toMatchObject({ n: 1 })
    expect(await read('change_size', 'component:default/web')).toMatchObject({ n: 1 })
  })
})

describe('what cannot be known is unknown, with the reason and the way out', () => {
  const shop = 'repository:default/shop'
  const codeOf = async (measure: string) => {
    const { value, unknown } = await read(measure, shop)
    expect(value).toBeNull()
    expect(unknown!.why).toMatch(/\.$/)
    expect(unknown!.fix).toMatch(/\.$/)
    return unknown!.code
  }
  test('without any deployment everything but size is unknown', async () => {
    await ground.ledger.append([commit('c0', [], day(1, '08:00'), ['a.ts'], shop)], { by })
    for (const measure of [
      'change_lead_time',
      'deployment_frequency',
      'change_failure_rate',
      'failed_deployment_recovery_time',
      'rework_rate',
      'review_wait',
    ])
      expect(await codeOf(measure)).toBe('no_deployments')
    expect(await read('change_size', shop)).toMatchObject({ value: 10, n: 1 })
  })
  test('with one deployment nobody can say what it newly brought', async () => {
    await ground.ledger.append([commit('c0', [], day(1, '08:00'), [], shop), deployed(shop, 'd1', 'c0', day(1, '10:00'))], { by })
    expect(await codeOf('change_lead_time')).toBe('no_previous_deployment')
  })
  test('where no incident, rollback, revert or hotfix was ever recorded, a failure rate of 0 would only be silence', async () => {
    await ground.ledger.append([deployed(shop, 'd1', 'c0', day(1, '10:00')), deployed(shop, 'd2', 'c1', day(10, '10:00'))], { by })
    expect(await codeOf('change_failure_rate')).toBe('no_failure_evidence')
    expect(await codeOf('rework_rate')).toBe('no_rework_evidence')
    // One incident, even one nothing is blamed for, shows that failures would be heard of: then 0 is 0.
    await ground.ledger.append(
      [
        evidence('incident', shop, 'i1', day(20), { title: 'Elsewhere', openedAt: day(20) }),
        deployed(shop, 'd3', 'c2', day(21), { planned: true }),
      ],
      { by },
    )
    expect(await read('change_failure_rate', shop)).toMatchObject({ value: 0, n: 3 })
    expect(await read('rework_rate', shop)).toMatchObject({ value: 0, n: 3 })
    expect(await codeOf('failed_deployment_recovery_time')).toBe('no_failures')
  })
  test('a month without deployments after earlier ones is zero a day, not unknown; the share of nothing is unknown', async () => {
    await ground.ledger.append([deployed(shop, 'd1', 'c0', '2026-04-01T10:00:00Z')], { by })
    expect(await read('deployment_frequency', shop)).toMatchObject({ value: 0, n: 0 })
    expect(await codeOf('change_failure_rate')).toBe('no_data')
  })
  test('changes that wait for a deployment are named, not dropped', async () => {
    await ground.ledger.append(
      [commit('c0', [], day(1, '08:00'), [], shop), commit('c1', ['c0'], day(2), [], shop), deployed(shop, 'd1', 'c0', day(1, '10:00'))],
      { by },
    )
    expect((await read('change_lead_time', shop)).excluded).toEqual([
      { code: 'no_previous_deployment', count: 1 },
      { code: 'not_deployed_yet', count: 1 },
    ])
  })
  test('an environment nobody deploys to is unknown and leaves nothing behind', async () => {
    await ground.ledger.append([deployed(shop, 'd1', 'c0', day(1, '10:00'))], { by })
    expect(await read('deployment_frequency', shop, { where: { environment: 'moon' } })).toMatchObject({
      value: null,
      unknown: { code: 'no_deployments' },
    })
  })
})
