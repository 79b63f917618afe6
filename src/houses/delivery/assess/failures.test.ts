import { describe, expect, test } from 'vitest'
import { deriveDelivery } from './derive.ts'
import { change, commit, deployment, facts, hour, incident } from './facts.test-data.ts'
import type { Facts } from './facts.ts'

const line = ['c1', 'c2', 'c3', 'c4'].map((sha, index, all) => commit(sha, index === 0 ? [] : [all[index - 1]!], index + 1))
const three = [deployment('a', 'c1', 1), deployment('b', 'c2', 10, { artifact: 'shop@sha256:b' }), deployment('c', 'c3', 60)]

/** Failed deployments with what shows it: record, method, confidence. */
function failed(told: Partial<Facts>): Record<string, string[]> {
  const { deployments } = deriveDelivery(facts({ commits: line, deployments: three, ...told }))
  return Object.fromEntries(
    deployments
      .filter(({ failures }) => failures.length > 0)
      .map(({ id, failures }) => [
        id.slice('deployment:ci/'.length),
        failures.map(({ to, method, confidence }) => `${to} ${method} ${confidence}`),
      ]),
  )
}

const kinds = (deployments: Facts['deployments'], told: Partial<Facts> = {}) =>
  deriveDelivery(facts({ commits: line, ...told, deployments }))
    .deployments.sort((a, b) => a.finishedAt - b.finishedAt)
    .map(({ kind }) => kind)

describe('which deployment an incident is put down to', () => {
  test('the one it names, however long ago', () => {
    expect(failed({ incidents: [incident('i', 500, null, { causedBy: 'b' })] })).toEqual({ b: ['incident:pager/i stated 1'] })
    expect(failed({ incidents: [incident('i', 500, null, { causedBy: 'ci/b' })] })).toEqual({ b: ['incident:pager/i stated 1'] })
  })
  test('the one that first held the commit, or carried the artifact, it names', () => {
    expect(failed({ incidents: [incident('i', 500, null, { causedBy: 'c2' })] })).toEqual({ b: ['incident:pager/i same_commit 0.95'] })
    expect(failed({ incidents: [incident('i', 500, null, { artifact: 'shop@sha256:b' })] })).toEqual({
      b: ['incident:pager/i same_artifact 0.95'],
    })
  })
  test('the last new one before it, when a later deployment says that it fixes the incident', () => {
    expect(failed({ incidents: [incident('i', 50, null)], deployments: [...three, deployment('d', 'c4', 70, { fixes: 'i' })] })).toEqual({
      b: ['incident:pager/i fixed_by 0.9', 'deployment:ci/d stated 0.9'],
    })
  })
  test('the one a rollback went back from while it was open', () => {
    expect(
      failed({ incidents: [incident('i', 100, 120)], deployments: [...three, deployment('back', 'c2', 110, { rollbackOf: 'c' })] }).c,
    ).toContain('incident:pager/i rolled_back 0.9')
  })
  test('the one it followed within a day, before the next; with little confidence', () => {
    expect(failed({ incidents: [incident('i', 33, null)] })).toEqual({ b: ['incident:pager/i soon_after 0.5'] })
    expect(failed({ incidents: [incident('i', 35, null)] })).toEqual({})
    expect(failed({ incidents: [incident('i', 61, null)] })).toEqual({ c: ['incident:pager/i soon_after 0.5'] })
  })
  test('one incident under two names is one', () => {
    expect(failed({ incidents: [incident('i', 11, null), incident('77', 11, 20, { source: 'desk', aliases: ['pager/i'] })] })).toEqual({
      b: ['incident:pager/i soon_after 0.5'],
    })
  })
  test('a pipeline that failed broke nothing for users', () => {
    expect(
      failed({ deployments: [...three, deployment('x', 'c4', 70, { outcome: 'failure' })], incidents: [incident('i', 71, null)] }),
    ).toEqual({ c: ['incident:pager/i soon_after 0.5'] })
  })
})

describe('what else shows that a deployment failed', () => {
  test('a rollback, stated or recognised because it goes back to what ran before', () => {
    expect(failed({ deployments: [...three, deployment('back', 'c2', 62, { rollbackOf: 'c' })] })).toEqual({
      c: ['deployment:ci/back stated 1'],
    })
    expect(failed({ deployments: [...three, deployment('back', 'c2', 62)] })).toEqual({ c: ['deployment:ci/back rollback 0.9'] })
  })
  test('a revert that went out later; a change reverted before it went out failed nobody', () => {
    const reverting = [...line.slice(0, 3), commit('c4', ['c3'], 65, { reverts: 'c2' })]
    expect(failed({ commits: reverting, deployments: [...three, deployment('d', 'c4', 70)] })).toEqual({ b: ['commit:git/c4 revert 0.9'] })
    expect(
      failed({
        commits: [...line.slice(0, 2), commit('c3', ['c2'], 3, { reverts: 'c2' })],
        deployments: [deployment('a', 'c1', 1), deployment('b', 'c3', 10)],
      }),
    ).toEqual({})
  })
  test('what the main line took back before a release was made failed nobody, though the release still held it', () => {
    const reverting = [...line.slice(0, 2), commit('c3', ['c2'], 5, { reverts: 'c2' })]
    expect(
      failed({ commits: reverting, deployments: [deployment('a', 'c1', 1), deployment('b', 'c2', 10), deployment('c', 'c3', 60)] }),
    ).toEqual({})
  })
  test('a change may be reverted by its number', () => {
    expect(failed({ changes: [change(1, 'c2', 2), change(2, 'c3', 30, { reverts: '#1' })] })).toEqual({ b: ['change:forge/2 revert 0.9'] })
  })
  test('a hotfix: stated as unplanned, or called so by its branch', () => {
    expect(failed({ deployments: [...three.slice(0, 2), deployment('c', 'c3', 60, { planned: false })] })).toEqual({
      b: ['deployment:ci/c hotfix 0.9'],
    })
    expect(failed({ changes: [change(1, 'c3', 3, { branch: 'hotfix/basket' })] })).toEqual({ b: ['deployment:ci/c hotfix 0.9'] })
    expect(
      failed({
        changes: [change(1, 'c3', 3, { branch: 'hotfix/basket' })],
        deployments: [...three.slice(0, 2), deployment('c', 'c3', 60, { planned: true })],
      }),
    ).toEqual({})
  })
  test('a hotfix after a rollback mends what was rolled back, not what it went back to', () => {
    expect(
      Object.keys(
        failed({
          deployments: [
            deployment('a', 'c1', 1),
            deployment('b', 'c2', 10),
            deployment('back', 'c1', 11),
            deployment('d', 'c3', 20, { planned: false }),
          ],
        }),
      ),
    ).toEqual(['b'])
  })
})

describe('when a failure was over', () => {
  const recovered = (told: Partial<Facts>) =>
    deriveDelivery(facts({ commits: line, deployments: three, ...told })).deployments.find(({ id }) => id === 'deployment:ci/b')!
  test('at the earliest of resolved, rolled back, fixed', () => {
    const told = { incidents: [incident('i', 11, 30, { causedBy: 'b' })] }
    expect(recovered(told).recoveredAt).toBe(hour(30))
    expect(recovered({ ...told, deployments: [...three, deployment('back', 'c1', 20)] }).recoveredAt).toBe(hour(20))
    expect(recovered({ ...told, deployments: [...three, deployment('d', 'c4', 25, { fixes: 'i' })] }).recoveredAt).toBe(hour(25))
  })
  test('not yet, while the incident is open', () => {
    expect(recovered({ incidents: [incident('i', 11, null, { causedBy: 'b' })] })).toMatchObject({ failedAt: hour(11), recoveredAt: null })
  })
  test('an end before the deployment itself is flagged and not used', () => {
    expect(recovered({ incidents: [incident('i', 2, 5, { causedBy: 'b' })] })).toMatchObject({
      recoveredAt: null,
      flags: ['ended_before_deployed'],
    })
  })
})

describe('what a deployment was', () => {
  test('the same commit again is a redeployment, also after a rollback; going back is a rollback', () => {
    expect(
      kinds([
        deployment('a', 'c1', 1),
        deployment('b', 'c2', 10),
        deployment('c', 'c1', 20),
        deployment('d', 'c2', 30),
        deployment('e', 'c2', 40),
      ]),
    ).toEqual(['first', 'first', 'rollback', 'redeployment', 'redeployment'])
  })
  test('a rollback within the hour is not taken for another region of the first deployment', () => {
    expect(kinds([deployment('a', 'c1', 1), deployment('b', 'c2', 1.3), deployment('c', 'c1', 1.7)])).toEqual([
      'first',
      'first',
      'rollback',
    ])
  })
  test('several regions within the hour are one deployment', () => {
    const { deployments } = deriveDelivery(
      facts({ commits: line, deployments: [deployment('eu', 'c1', 1), deployment('us', 'c1', 1.5), deployment('asia', 'c1', 2)] }),
    )
    expect(deployments).toMatchObject([
      { id: 'deployment:ci/eu', repeats: 2, finishedAt: hour(1), records: ['deployment:ci/eu', 'deployment:ci/asia', 'deployment:ci/us'] },
    ])
  })
  test('a retry after a failed attempt is its own deployment', () => {
    expect(kinds([deployment('a', 'c1', 1, { outcome: 'failure' }), deployment('b', 'c1', 1.2)])).toEqual(['unsuccessful', 'first'])
  })
  test('a slow pipeline of an older commit is no rollback', () => {
    expect(kinds([deployment('a', 'c1', 1), deployment('b', 'c3', 10), deployment('late', 'c2', 11)])).toEqual([
      'first',
      'first',
      'older_commit',
    ])
  })
  test('what was inferred from a tag gives way to a deployment somebody stated, whenever it was', () => {
    const { deployments } = deriveDelivery(
      facts({ commits: line, deployments: [deployment('v1', 'c1', 1, { source: 'git', basis: 0 }), deployment('a', 'c1', 30)] }),
    )
    expect(deployments).toMatchObject([
      { id: 'deployment:ci/a', finishedAt: hour(30), records: ['deployment:ci/a', 'deployment:git/v1'], inferred: false },
    ])
  })
  test('a second tag on an older release is another name of it, no rollback of what came after', () => {
    const tag = (id: string, commit: string, at: number) => deployment(id, commit, at, { source: 'git', basis: 0 })
    const told = { deployments: [tag('v3.11.0', 'c1', 1), tag('v3.11.1', 'c2', 100), tag('v0.11.0', 'c1', 103), tag('v0.11.1', 'c2', 104)] }
    expect(failed(told)).toEqual({})
    expect(deriveDelivery(facts({ commits: line, ...told })).deployments).toMatchObject([
      { id: 'deployment:git/v3.11.0', kind: 'first', repeats: 0, records: ['deployment:git/v3.11.0', 'deployment:git/v0.11.0'] },
      { id: 'deployment:git/v3.11.1', kind: 'first', repeats: 0, records: ['deployment:git/v3.11.1', 'deployment:git/v0.11.1'] },
    ])
  })
  test('two sources of one fact: each field from the strongest that states it', () => {
    const { deployments } = deriveDelivery(
      facts({
        deployments: [
          deployment('1', 'c1', 1, { source: 'watcher', basis: 1, artifact: 'shop:1', planned: true }),
          deployment('a', 'c1', 1.2, { planned: false }),
        ],
      }),
    )
    expect(deployments).toMatchObject([{ finishedAt: hour(1.2), planned: false, artifact: 'shop:1' }])
  })
})
