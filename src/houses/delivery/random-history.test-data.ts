import fc from 'fast-check'
import { DAY, HOUR } from '../../ground/core/index.ts'
import { type Evidence, parseEvidence } from '../../ground/ledger/index.ts'

/** A record without the subject it will be told of. */
export type Loose = Record<string, unknown> & { kind: Evidence['kind']; source: string; id: string; at: string }

const START = Date.parse('2026-01-05T09:00:00Z')
const text = (time: number) => new Date(time).toISOString()
const sha = (index: number) => index.toString(16).padStart(40, 'a')
/** Commits nobody ever tells of. */
const strange = (index: number) => index.toString(16).padStart(40, 'f')

const hours = (from: number, to: number) => fc.integer({ min: from * 4, max: to * 4 }).map((quarters) => (quarters * HOUR) / 4)
const maybe = <T>(arbitrary: fc.Arbitrary<T>, weight = 1) => fc.option(arbitrary, { nil: undefined, freq: weight })

/**
 * A random history of one subject: branches, merges, squashes, stacked changes, deployments of known and unknown
 * commits by two sources, rollbacks, fixes, incidents under two names, clocks that are off by hours, revisions.
 */
export const randomHistory: fc.Arbitrary<Loose[]> = fc.integer({ min: 3, max: 14 }).chain((size) => {
  const commitTime = (index: number) => START + index * 20 * HOUR
  const anyCommit = fc.oneof({ weight: 9, arbitrary: fc.nat(size - 1).map(sha) }, { weight: 1, arbitrary: fc.nat(2).map(strange) })
  const anyTime = hours(0, size * 20 + 60).map((offset) => START + offset)
  const commits = fc.tuple(...Array.from({ length: size }, (_, index) => commitOf(index, commitTime(index))))
  const changes = fc.uniqueArray(changeOf(anyCommit, anyTime), { maxLength: 5, selector: ({ id, source }) => `${source}/${id}` })
  const deployments = fc.uniqueArray(deploymentOf(anyCommit, anyTime), { maxLength: 8, selector: ({ id, source }) => `${source}/${id}` })
  const incidents = fc.uniqueArray(incidentOf(anyCommit, anyTime), { maxLength: 4, selector: ({ id, source }) => `${source}/${id}` })
  return fc.tuple(commits, changes, deployments, incidents).chain(([...groups]) => {
    const records = groups.flat() as Loose[]
    return fc
      .array(fc.tuple(fc.nat(records.length - 1), anyTime, anyTime), { maxLength: 3 })
      .map((revisions) => [...records, ...revisions.flatMap(([index, at, other]) => revisionOf(records[index]!, at, other))])
  })
})

function commitOf(index: number, time: number): fc.Arbitrary<Loose> {
  const earlier = (weightOfLast: number) =>
    fc.oneof({ weight: weightOfLast, arbitrary: fc.constant(index - 1) }, { weight: 1, arbitrary: fc.nat(Math.max(0, index - 1)) })
  const parents =
    index === 0
      ? fc.constant<number[]>([])
      : fc
          .tuple(earlier(4), maybe(earlier(1), 4))
          .map(([first, second]) => (second === undefined || second === first ? [first] : [first, second]))
  return fc
    .record({
      parents,
      committed: hours(-6, 6),
      authored: hours(-60, 2),
      lines: maybe(fc.nat(500)),
      reverts: maybe(fc.nat(Math.max(0, index - 1)), 8),
      folder: maybe(fc.constantFrom('api', 'web'), 4),
    })
    .map(({ parents: before, committed, authored, lines, reverts, folder }) => {
      const committedAt = text(time + committed)
      return {
        kind: 'commit',
        source: 'events',
        id: sha(index),
        at: committedAt,
        sha: sha(index),
        author: 'dev@shop.example',
        parents: before.map(sha),
        committedAt,
        authoredAt: text(time + committed + authored),
        message: `commit ${index}`,
        ...(lines === undefined ? {} : { additions: lines, deletions: 0 }),
        ...(folder === undefined || before.length > 1 ? {} : { files: [[`${folder}/a.ts`, lines ?? 1, 0]] }),
        ...(reverts === undefined || index === 0 ? {} : { reverts: sha(reverts) }),
      }
    })
}

function changeOf(anyCommit: fc.Arbitrary<string>, anyTime: fc.Arbitrary<number>): fc.Arbitrary<Loose> {
  return fc
    .record({
      number: fc.integer({ min: 1, max: 5 }),
      source: fc.constantFrom('forge', 'git'),
      merged: maybe(anyTime, 5),
      opened: maybe(hours(1, 90)),
      review: maybe(hours(0, 40)),
      mergeCommit: maybe(anyCommit, 5),
      listed: maybe(fc.uniqueArray(anyCommit, { minLength: 1, maxLength: 3 })),
      reverts: maybe(
        fc.oneof(
          anyCommit,
          fc.integer({ min: 1, max: 5 }).map((number) => `#${number}`),
        ),
        6,
      ),
      lines: maybe(fc.nat(500)),
      hotfix: fc.boolean(),
    })
    .chain(({ number, source, merged, opened, review, mergeCommit, listed, reverts, lines, hotfix }) =>
      anyTime.map((at) => {
        const end = merged ?? at
        return {
          kind: 'change',
          source,
          id: String(number),
          at: text(end),
          basis: source === 'git' ? 'inferred' : 'explicit',
          number,
          title: `Change ${number}`,
          ...(merged === undefined ? {} : { mergedAt: text(merged), ...(mergeCommit === undefined ? {} : { mergeCommit }) }),
          ...(opened === undefined
            ? {}
            : { openedAt: text(end - opened), ...(review === undefined ? {} : { firstReviewAt: text(end - opened + review) }) }),
          ...(listed === undefined
            ? {}
            : { commits: listed.map((name, index) => ({ sha: name, authoredAt: text(end - (index + 1) * 7 * HOUR) })) }),
          ...(reverts === undefined ? {} : { reverts }),
          ...(lines === undefined ? {} : { additions: lines, deletions: 1 }),
          ...(hotfix ? { branch: 'hotfix/now' } : {}),
        }
      }),
    )
}

function deploymentOf(anyCommit: fc.Arbitrary<string>, anyTime: fc.Arbitrary<number>): fc.Arbitrary<Loose> {
  return fc
    .record({
      number: fc.integer({ min: 1, max: 9 }),
      source: fc.constantFrom('ci', 'ci', 'git'),
      commit: anyCommit,
      finished: anyTime,
      took: maybe(hours(0, 3)),
      stated: maybe(fc.uniqueArray(anyCommit, { maxLength: 4 }), 3),
      outcome: fc.constantFrom('success', 'success', 'success', 'failure'),
      planned: maybe(fc.boolean(), 3),
      fixes: maybe(fc.integer({ min: 1, max: 4 }), 4),
      rollbackOf: maybe(fc.integer({ min: 1, max: 9 }), 5),
      staging: fc.boolean(),
    })
    .map(({ number, source, commit, finished, took, stated, outcome, planned, fixes, rollbackOf, staging }) => ({
      kind: 'deployment',
      source,
      id: `d${number}`,
      at: text(finished),
      basis: source === 'git' ? 'inferred' : 'explicit',
      commit,
      finishedAt: text(finished),
      outcome: source === 'git' ? 'success' : outcome,
      environment: staging && number > 7 ? 'staging' : 'production',
      ...(took === undefined ? {} : { startedAt: text(finished - took) }),
      ...(stated === undefined ? {} : { commits: stated }),
      ...(planned === undefined ? {} : { planned }),
      ...(fixes === undefined ? {} : { fixes: `i${fixes}` }),
      ...(rollbackOf === undefined ? {} : { rollbackOf: `d${rollbackOf}` }),
    }))
}

function incidentOf(anyCommit: fc.Arbitrary<string>, anyTime: fc.Arbitrary<number>): fc.Arbitrary<Loose> {
  return fc
    .record({
      number: fc.integer({ min: 1, max: 4 }),
      source: fc.constantFrom('pager', 'desk'),
      opened: anyTime,
      lasted: maybe(hours(0, 60), 3),
      cause: maybe(
        fc.oneof(
          anyCommit,
          fc.integer({ min: 1, max: 9 }).map((number) => `d${number}`),
        ),
        2,
      ),
      alias: maybe(fc.integer({ min: 1, max: 4 }), 3),
    })
    .map(({ number, source, opened, lasted, cause, alias }) => ({
      kind: 'incident',
      source,
      id: `i${number}`,
      at: text(opened),
      title: `Incident ${number}`,
      openedAt: text(opened),
      ...(lasted === undefined ? {} : { resolvedAt: text(opened + lasted) }),
      ...(cause === undefined ? {} : { causedBy: cause }),
      ...(alias === undefined ? {} : { aliases: [`${source === 'pager' ? 'desk' : 'pager'}/i${alias}`] }),
    }))
}

function revisionOf(record: Loose, at: number, other: number): Loose[] {
  const base = { kind: record.kind, source: record.source, id: record.id }
  const later = text(Math.max(Date.parse(record.at), at) + DAY)
  if (record.kind === 'incident')
    return [{ ...base, at: later, title: 'Revised', openedAt: text(other), resolvedAt: text(other + 5 * HOUR) }]
  if (record.kind === 'change') return [{ ...base, at: later, mergedAt: text(other), title: 'Revised' }]
  if (record.kind === 'deployment') return [{ ...base, at: later, commit: record.commit, finishedAt: text(other), outcome: 'success' }]
  return [{ ...record, at: later, additions: 7, deletions: 0 }]
}

/** The records as told of a subject. */
export function toldOf(subject: string, records: readonly Loose[]): Evidence[] {
  return records.map((record) => {
    const read = parseEvidence({ ...record, subject })
    if (!read.ok) throw new Error(`${read.problems[0]!.path}: ${read.problems[0]!.message}`)
    return read.value
  })
}
