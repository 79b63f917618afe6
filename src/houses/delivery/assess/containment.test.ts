import { describe, expect, test } from 'vitest'
import { deriveDelivery } from './derive.ts'
import { change, commit, deployment, facts, hour } from './facts.test-data.ts'
import type { Facts } from './facts.ts'

/** Which deployment first held each unit, by the unit's commit. */
function held(told: Partial<Facts>): Record<string, string | null> {
  return Object.fromEntries(
    deriveDelivery(facts(told)).changes.map(({ sha, id, deployment: by, excluded }) => [
      sha ?? id,
      excluded ?? (by === null ? null : by.slice('deployment:ci/'.length)),
    ]),
  )
}

const line = [commit('c1', [], 1), commit('c2', ['c1'], 2), commit('c3', ['c2'], 3), commit('c4', ['c3'], 4)]

describe('which deployment first held a change', () => {
  test('a deployment holds its commit and everything before it that no earlier one held', () => {
    expect(held({ commits: line, deployments: [deployment('a', 'c1', 1), deployment('b', 'c3', 5), deployment('c', 'c4', 6)] })).toEqual({
      c1: 'no_previous_deployment',
      c2: 'b',
      c3: 'b',
      c4: 'c',
    })
  })
  test('time alone never attributes: a deployment of a commit nobody knows holds nothing else', () => {
    expect(held({ commits: line, deployments: [deployment('a', 'c1', 1), deployment('b', 'unheard-of', 9)] })).toEqual({
      c1: 'no_previous_deployment',
      c2: null,
      c3: null,
      c4: null,
    })
  })
  test('the first deployment is attributed what its sender states, and nothing else', () => {
    expect(held({ commits: line, deployments: [deployment('a', 'c3', 5, { commits: ['c3'] })] })).toEqual({
      c1: 'no_previous_deployment',
      c2: 'no_previous_deployment',
      c3: 'a',
      c4: null,
    })
  })
  test('stated commits count also where no history is known', () => {
    expect(
      held({
        changes: [change(1, 'm1', 1, { commits: [{ sha: 'b1', authoredAt: hour(0) }] })],
        deployments: [deployment('a', 'x', 2, { commits: ['b1'] })],
      }),
    ).toEqual({ m1: 'a' })
  })
  test('commits that a rebase gave one time, each deployed at that time, are each brought by their own deployment', () => {
    for (const [a, b, c] of [
      ['a', 'b', 'c'],
      ['c', 'b', 'a'],
      ['b', 'c', 'a'],
    ] as const) {
      const told = {
        commits: line,
        deployments: [deployment('0', 'c1', 1), deployment(a, 'c2', 4), deployment(b, 'c3', 4), deployment(c, 'c4', 4)],
      }
      expect(held(told)).toEqual({ c1: 'no_previous_deployment', c2: a, c3: b, c4: c })
      expect(deriveDelivery(facts(told)).deployments.map(({ kind }) => kind)).toEqual(['first', 'first', 'first', 'first'])
    }
  })
  test('a failed pipeline holds nothing', () => {
    expect(
      held({
        commits: line,
        deployments: [deployment('a', 'c1', 1), deployment('b', 'c2', 3, { outcome: 'failure' }), deployment('c', 'c2', 4)],
      }),
    ).toMatchObject({ c2: 'c' })
  })
  test('a squash merge is matched by the commit it left on main', () => {
    const squash = change(7, 'c2', 2, {
      commits: [
        { sha: 'b1', authoredAt: hour(0) },
        { sha: 'b2', authoredAt: hour(1) },
      ],
    })
    const { changes } = deriveDelivery(
      facts({ commits: line, changes: [squash], deployments: [deployment('a', 'c1', 1), deployment('b', 'c2', 3)] }),
    )
    expect(changes.find(({ id }) => id === 'change:forge/7')).toMatchObject({
      deployment: 'deployment:ci/b',
      authoredAt: hour(0),
      leadSeconds: 3 * 3600,
    })
    expect(changes).toHaveLength(4) // c1, c3, c4 and the change; c2 is no unit of its own
  })
  test('a merge brings in the commits of its branch, and the merge itself is no unit', () => {
    const commits = [
      commit('c1', [], 1),
      commit('b1', ['c1'], 2),
      commit('b2', ['b1'], 3),
      commit('c2', ['c1'], 3),
      commit('m', ['c2', 'b2'], 4),
    ]
    const { changes } = deriveDelivery(
      facts({ commits, changes: [change(1, 'm', 4)], deployments: [deployment('a', 'c1', 1), deployment('b', 'm', 5)] }),
    )
    expect(changes.map(({ id, leadSeconds }) => [id, leadSeconds])).toEqual([
      ['change:forge/1', 3 * 3600],
      ['commit:git/c1', null],
      ['commit:git/c2', 2 * 3600],
    ])
    expect(changes[0]!.commits).toEqual(['b1', 'b2', 'm'])
  })
  test('a rebase merge is recognised by the times its commits were written', () => {
    const commits = [
      commit('c1', [], 1),
      commit('r1', ['c1'], 9, { authoredAt: hour(5) }),
      commit('r2', ['r1'], 9, { authoredAt: hour(6) }),
    ]
    const rebased = change(1, 'r2', 9, {
      commits: [
        { sha: 'b1', authoredAt: hour(5) },
        { sha: 'b2', authoredAt: hour(6) },
      ],
    })
    const { changes } = deriveDelivery(
      facts({ commits, changes: [rebased], deployments: [deployment('a', 'c1', 1), deployment('b', 'r2', 10)] }),
    )
    expect(changes.map(({ id }) => id)).toEqual(['change:forge/1', 'commit:git/c1'])
  })
  test('a merge nobody opened a change for counts once, with the work it brings', () => {
    const commits = [commit('c1', [], 1), commit('b1', ['c1'], 2), commit('m', ['c1', 'b1'], 4)]
    const { changes } = deriveDelivery(facts({ commits, deployments: [deployment('a', 'c1', 1), deployment('b', 'm', 5)] }))
    expect(changes.map(({ id, leadSeconds }) => [id, leadSeconds])).toEqual([
      ['commit:git/c1', null],
      ['commit:git/m', 3 * 3600],
    ])
  })
  test('a change deployed from its branch before it was merged was in users’ hands then', () => {
    const commits = [commit('c1', [], 1), commit('b1', ['c1'], 2), commit('m', ['c1', 'b1'], 8)]
    const { changes } = deriveDelivery(
      facts({
        commits,
        changes: [change(1, 'm', 8, { commits: [{ sha: 'b1', authoredAt: hour(2) }] })],
        deployments: [deployment('a', 'c1', 1), deployment('b', 'b1', 5), deployment('c', 'm', 9)],
      }),
    )
    expect(changes[0]).toMatchObject({
      deployment: 'deployment:ci/b',
      leadSeconds: 3 * 3600,
      flags: ['deployed_before_merge'],
      deployWaitSeconds: null,
    })
  })
  test('work the git source found off the main line is no unit of its own', () => {
    const commits = [
      commit('c1', [], 1, { mainline: true }),
      commit('imported', ['c1'], 2, { mainline: false }),
      commit('c2', ['imported'], 3, { mainline: true }),
    ]
    expect(Object.keys(held({ commits }))).toEqual(['c1', 'c2'])
  })
  test('a change in two folders belongs to both, one that touches neither to none', () => {
    const commits = [
      commit('c1', [], 1, { touches: true }),
      commit('c2', ['c1'], 2, { touches: false }),
      commit('c3', ['c2'], 3, { touches: null }),
    ]
    expect(Object.keys(held({ commits, unplaced: false }))).toEqual(['c1'])
    expect(Object.keys(held({ commits, unplaced: true }))).toEqual(['c1', 'c3'])
    expect(Object.keys(held({ commits, unplaced: false, deployments: [deployment('a', 'c3', 4, { commits: ['c3'] })] }))).toEqual([
      'c1',
      'c3',
    ])
  })
})

describe('the parts of lead time', () => {
  const told = (more: object) =>
    deriveDelivery(
      facts({
        commits: [commit('c1', [], 0), commit('c2', ['c1'], 20)],
        changes: [
          change(1, 'c2', 20, { commits: [{ sha: 'b', authoredAt: hour(10) }], openedAt: hour(12), firstReviewAt: hour(15), ...more }),
        ],
        deployments: [deployment('a', 'c1', 1), deployment('b', 'c2', 26)],
      }),
    ).changes.find(({ number }) => number === 1)!
  test('they add up to the whole', () => {
    const row = told({})
    expect([row.codingSeconds, row.reviewWaitSeconds, row.reviewSeconds, row.deployWaitSeconds, row.leadSeconds]).toEqual(
      [2, 3, 5, 6, 16].map((hours) => hours * 3600),
    )
  })
  test('an impossible order flags its part and leaves it open; the whole stays', () => {
    expect(told({ firstReviewAt: hour(22) })).toMatchObject({
      flags: ['reviewed_after_merge'],
      reviewSeconds: null,
      reviewWaitSeconds: 10 * 3600,
      leadSeconds: 16 * 3600,
      excluded: null,
    })
    expect(told({ commits: [{ sha: 'b', authoredAt: hour(21) }], mergedAt: hour(18) })).toMatchObject({
      flags: ['opened_before_authored', 'authored_after_merge'],
      codingSeconds: null,
      leadSeconds: 6 * 3600,
    })
    expect(told({ mergedAt: hour(30) })).toMatchObject({
      flags: ['deployed_before_merge'],
      deployWaitSeconds: null,
      leadSeconds: 16 * 3600,
    })
  })
  test('only a whole below zero is left out, with the reason', () => {
    const { changes } = deriveDelivery(
      facts({ commits: [commit('c1', [], 0), commit('c2', ['c1'], 9)], deployments: [deployment('a', 'c1', 1), deployment('b', 'c2', 5)] }),
    )
    expect(changes.find(({ sha }) => sha === 'c2')).toMatchObject({ leadSeconds: null, excluded: 'deployed_before_authored' })
  })
  test('an approval stands for the first review where none is told; without either the review is unknown, not zero', () => {
    expect(told({ firstReviewAt: null, approvedAt: hour(16) })).toMatchObject({ reviewWaitSeconds: 4 * 3600 })
    expect(told({ firstReviewAt: null })).toMatchObject({ reviewWaitSeconds: null, reviewSeconds: null })
  })
})
