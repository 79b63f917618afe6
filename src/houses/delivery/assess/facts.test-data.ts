import { HOUR, type Instant } from '../../../ground/core/index.ts'
import type { ChangeRecord, CommitRecord, DeploymentRecord, Facts, IncidentRecord } from './facts.ts'

const SUBJECT = 'repository:default/shop'

/** The n-th hour of a made-up history. */
export const hour = (count: number): Instant => Date.parse('2026-03-02T00:00:00Z') + count * HOUR

/** Small histories for tests: commits are named by words, times are hours. */
export function commit(sha: string, parents: string[], at: number, more: Partial<CommitRecord> = {}): CommitRecord {
  return {
    id: `commit:git/${sha}`,
    subject: SUBJECT,
    source: 'git',
    basis: 1,
    at: hour(at),
    sha,
    parents,
    authoredAt: hour(at),
    committedAt: hour(at),
    title: sha,
    lines: 10,
    generatedLines: null,
    reverts: null,
    bot: false,
    touches: true,
    mainline: null,
    ...more,
  }
}

export function change(
  number: number,
  mergeCommit: string | null,
  mergedAt: number | null,
  more: Partial<ChangeRecord> = {},
): ChangeRecord {
  return {
    id: `change:forge/${number}`,
    subject: SUBJECT,
    source: 'forge',
    basis: 2,
    at: hour(mergedAt ?? 0),
    number,
    title: `Change ${number}`,
    url: null,
    branch: null,
    labels: null,
    openedAt: null,
    firstReviewAt: null,
    approvedAt: null,
    mergedAt: mergedAt === null ? null : hour(mergedAt),
    closedAt: null,
    mergeCommit,
    commits: null,
    lines: null,
    generatedLines: null,
    reverts: null,
    bot: false,
    own: false,
    ...more,
  }
}

export function deployment(id: string, sha: string, finishedAt: number, more: Partial<DeploymentRecord> = {}): DeploymentRecord {
  return {
    id: `deployment:${more.source ?? 'ci'}/${id}`,
    subject: SUBJECT,
    source: 'ci',
    basis: 2,
    at: hour(finishedAt),
    commit: sha,
    commits: null,
    startedAt: null,
    finishedAt: hour(finishedAt),
    outcome: 'success',
    planned: null,
    fixes: null,
    rollbackOf: null,
    artifact: null,
    url: null,
    ...more,
  }
}

export function incident(id: string, openedAt: number, resolvedAt: number | null, more: Partial<IncidentRecord> = {}): IncidentRecord {
  return {
    id: `incident:${more.source ?? 'pager'}/${id}`,
    subject: SUBJECT,
    source: 'pager',
    basis: 2,
    at: hour(openedAt),
    title: id,
    url: null,
    openedAt: hour(openedAt),
    resolvedAt: resolvedAt === null ? null : hour(resolvedAt),
    causedBy: null,
    commit: null,
    artifact: null,
    aliases: null,
    ...more,
  }
}

export function facts(more: Partial<Facts>): Facts {
  return { commits: [], changes: [], deployments: [], incidents: [], unplaced: true, ...more }
}
