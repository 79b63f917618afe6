import { parseEvidence, type Evidence } from '../../ground/ledger/index.ts'

/**
 * A month of a small web shop, short enough to work out by hand. All times are UTC in May 2026; `day(6, '09:30')` is
 * the 6th at half past nine. The history on the main line, oldest first:
 *
 *   c0 ── s1 ── c2 ────────── m2 ── c4 ── c5 ── c6
 *                 └─ b3 ── b4 ─┘
 *
 * c0, c2, c4, c5, c6 are commits nobody opened a change for; s1 is change 1, squashed; m2 merges change 2 (b3, b4).
 */
export const SHOP = 'repository:default/shop'

export function day(number: number, time = '00:00'): string {
  return `2026-05-${String(number).padStart(2, '0')}T${time}:00Z`
}

/** A full commit name from a short one. */
export function sha(name: string): string {
  return Buffer.from(name.padEnd(20, '.')).toString('hex')
}

export function record(kind: Evidence['kind'], source: string, id: string, at: string, more: Record<string, unknown>): Evidence {
  const read = parseEvidence({ kind, source, id, subject: SHOP, at, ...more })
  if (!read.ok) throw new Error(read.problems[0]!.message)
  return read.value
}

export function commit(
  name: string,
  parents: string[],
  authoredAt: string,
  lines: number | null,
  more: Record<string, unknown> = {},
): Evidence {
  const committedAt = (more.committedAt as string | undefined) ?? authoredAt
  return record('commit', 'events', sha(name), committedAt, {
    sha: sha(name),
    author: 'dev@shop.example',
    authoredAt,
    committedAt,
    parents: parents.map(sha),
    message: `${name}: work`,
    ...(lines === null ? {} : { additions: lines, deletions: 0 }),
    ...more,
  })
}

export function deployment(id: string, name: string, finishedAt: string, more: Record<string, unknown> = {}): Evidence {
  return record('deployment', 'ci', id, finishedAt, { commit: sha(name), finishedAt, outcome: 'success', ...more })
}

/** Change 1 as the forge tells it; written on the 3rd and 4th, squashed on the 5th. */
export const CHANGE_1 = {
  number: 1,
  title: 'Add a basket',
  openedAt: day(4, '10:00'),
  firstReviewAt: day(4, '16:00'),
  mergedAt: day(5, '10:00'),
  mergeCommit: sha('s1'),
  commits: [
    { sha: sha('b1'), authoredAt: day(3, '09:00') },
    { sha: sha('b2'), authoredAt: day(4, '09:00') },
  ],
}

export const RECORDS: readonly Evidence[] = [
  commit('c0', [], day(1, '09:00'), 200),
  // The first deployment: everything is new in it, so nothing can be attributed to it.
  deployment('d1', 'c0', day(2, '10:00')),

  // Change 1: squash merge. Its branch commits b1 and b2 never reach the main line; 900 further lines are generated.
  record('change', 'forge', '1', day(5, '10:00'), CHANGE_1),
  commit('s1', ['c0'], day(5, '10:00'), 120, { generatedLines: 900 }),
  // Two sources for one fact: the pipeline says 12:00; git inferred 11:40 from a tag. The explicit one has the last word.
  deployment('d2', 's1', day(5, '12:00')),
  record('deployment', 'git', 'v1.1.0', day(5, '11:40'), {
    commit: sha('s1'),
    finishedAt: day(5, '11:40'),
    outcome: 'success',
    basis: 'inferred',
  }),
  // A second region twenty minutes later is no second deployment.
  deployment('d2-eu', 's1', day(5, '12:20')),

  // A commit straight to main, deployed within the hour: it breaks, is rolled back, and the incident names its cause.
  commit('c2', ['s1'], day(6, '08:00'), 10, { committedAt: day(6, '08:30') }),
  deployment('d3', 'c2', day(6, '09:00')),
  record('incident', 'pager', 'i1', day(6, '09:30'), {
    title: 'Checkout fails',
    openedAt: day(6, '09:30'),
    resolvedAt: day(6, '10:30'),
    causedBy: 'd3',
  }),
  deployment('d4', 's1', day(6, '10:00'), { rollbackOf: 'd3' }),

  // Change 2: a true merge. The forge lists no commits; git ancestry knows b3 and b4. No first review, but an approval.
  commit('b3', ['c2'], day(7, '09:00'), 30),
  commit('b4', ['b3'], day(7, '15:00'), 20),
  commit('m2', ['c2', 'b4'], day(8, '09:00'), null),
  record('change', 'forge', '2', day(8, '09:00'), {
    number: 2,
    title: 'Pay by invoice',
    openedAt: day(7, '16:00'),
    approvedAt: day(8, '08:00'),
    mergedAt: day(8, '09:00'),
    mergeCommit: sha('m2'),
  }),
  deployment('d5', 'm2', day(8, '10:00')),

  // A hotfix the next morning says that d5 had broken something.
  commit('c4', ['m2'], day(9, '07:00'), 5, { committedAt: day(9, '07:30') }),
  deployment('d6', 'c4', day(9, '08:00'), { planned: false }),

  // A pipeline that fails is no failed change. The second attempt succeeds; an incident an hour later is still open.
  commit('c5', ['c4'], day(12, '09:00'), 8),
  deployment('d7-failed', 'c5', day(12, '09:30'), { outcome: 'failure' }),
  deployment('d7', 'c5', day(12, '10:00')),
  record('incident', 'pager', 'i3', day(12, '11:00'), { title: 'Invoices are late', openedAt: day(12, '11:00') }),
  // The same commit a day later: a redeployment.
  deployment('d8', 'c5', day(13, '10:00')),

  commit('c6', ['c5'], day(19, '09:00'), 40),
  deployment('d9', 'c6', day(20, '09:00')),

  // Another environment has deployments of its own; they touch no figure of production.
  deployment('t1', 'c0', day(1, '20:00'), { environment: 'staging' }),
  deployment('t2', 's1', day(5, '10:30'), { environment: 'staging' }),
]

/**
 * What is learned a month later: the forge finds that change 1 began a day earlier, and the pager that the incident of
 * the 12th was over at 15:00.
 */
export const LATE: readonly Evidence[] = [
  record('change', 'forge', '1', day(30), { commits: [{ sha: sha('b0'), authoredAt: day(2, '09:00') }, ...CHANGE_1.commits] }),
  record('incident', 'pager', 'i3', day(30), { title: 'Invoices are late', openedAt: day(12, '11:00'), resolvedAt: day(12, '15:00') }),
]
