import type { Instant } from '../../../ground/core/index.ts'
import { coverOf, mergedAtOf } from './cover.ts'
import type { ChangeRow, CommitRecord, CommitRow, Method } from './facts.ts'
import type { History, Standing } from './history.ts'
import { leadTimeOf } from './lead-time.ts'
import type { Change } from './merge/changes.ts'
import { compare } from './merge/fields.ts'

/** Commits gathered to the unit they belong to. */
interface Gathered {
  change: Change | null
  /** The commit itself, for a main-line commit without a change. */
  commit: CommitRecord | null
  standings: Standing[]
}

/**
 * Units of delivery: a merged change with all its commits, or a main-line commit nobody opened a change for. A merge
 * that only brings in other units is bookkeeping.
 */
export function unitsOf(
  history: History,
  changes: readonly Change[],
  commits: ReadonlyMap<string, CommitRecord>,
  unplaced: boolean,
): { changes: ChangeRow[]; commits: CommitRow[] } {
  const cover = coverOf(changes, commits)
  const gathered = gather(history, changes, commits, cover)
  const rows: ChangeRow[] = []
  const unitOf = new Map<string, string>()
  for (const [id, unit] of gathered) {
    const here = counts(unit, commits, unplaced)
    if (!here && unit.change === null) continue
    rows.push(rowOf(id, here, unit, cover, commits))
    for (const { sha } of unit.standings) unitOf.set(sha, id)
  }
  const standing = [...history.all()].map((one): CommitRow => ({ ...one, unit: unitOf.get(one.sha) ?? null }))
  return { changes: rows.sort((a, b) => compare(a.id, b.id)), commits: standing.filter(keepsPlace).sort((a, b) => compare(a.sha, b.sha)) }
}

/** A commit known only by name matters once something has reached it. */
function keepsPlace({ known, integratedAt, deployment }: Standing): boolean {
  return known || integratedAt !== Infinity || deployment !== null
}

function gather(
  history: History,
  changes: readonly Change[],
  commits: ReadonlyMap<string, CommitRecord>,
  cover: ReadonlyMap<string, Change>,
): Map<string, Gathered> {
  const gathered = new Map<string, Gathered>(changes.map((change) => [change.id, { change, commit: null, standings: [] }]))
  for (const standing of history.all()) {
    const change = cover.get(standing.sha) ?? (standing.main === null ? undefined : cover.get(standing.main))
    if (change) {
      gathered.get(change.id)!.standings.push(standing)
      continue
    }
    const commit = ownCommit(standing, commits)
    if (!commit) continue
    const unit = gathered.get(commit.id)
    if (unit) unit.standings.push(standing)
    else gathered.set(commit.id, { change: null, commit, standings: [standing] })
  }
  return gathered
}

/** The commit a unit without a change is named by: the commit itself where its source says so, else the one that brought it to the main line. */
function ownCommit({ sha, main }: Standing, commits: ReadonlyMap<string, CommitRecord>): CommitRecord | undefined {
  const commit = commits.get(sha)
  if (commit && commit.mainline !== null) return commit.mainline ? commit : undefined
  return commits.get(main ?? sha)
}

function counts({ change, commit, standings }: Gathered, commits: ReadonlyMap<string, CommitRecord>, unplaced: boolean): boolean {
  if (change?.own) return true
  if (!touches(standings, commits, unplaced)) return false
  if (change) return true
  const isMerge = commit!.parents.length > 1 && commit!.mainline !== true
  return !isMerge || standings.some(({ sha, known }) => known && sha !== commit!.sha)
}

/**
 * Whether a unit is part of the share asked about: one of its commits touches it; where no files are known, a
 * deployment that states one of its commits settles it.
 */
function touches(standings: readonly Standing[], commits: ReadonlyMap<string, CommitRecord>, unplaced: boolean): boolean {
  let told = false
  for (const { sha } of standings) {
    const touched = commits.get(sha)?.touches ?? null
    if (touched) return true
    told ||= touched === false
  }
  return !told && (unplaced || standings.some(({ method }) => method === 'stated'))
}

function rowOf(
  id: string,
  here: boolean,
  unit: Gathered,
  cover: ReadonlyMap<string, Change>,
  commits: ReadonlyMap<string, CommitRecord>,
): ChangeRow {
  const { change, commit, standings } = unit
  const known: CommitRecord[] = []
  const shas = new Set<string>()
  let authoredAt: Instant | null = null
  let first: Standing | null = null
  for (const standing of standings) {
    const told = commits.get(standing.sha)
    if (told) known.push(told)
    if (told && (authoredAt === null || told.authoredAt < authoredAt)) authoredAt = told.authoredAt
    if (standing.deployment !== null && (first === null || firstDeployed(standing, first) < 0)) first = standing
    shas.add(standing.sha)
  }
  for (const listed of change?.commits ?? []) {
    if (authoredAt === null || listed.authoredAt < authoredAt) authoredAt = listed.authoredAt
    if (cover.get(listed.sha) === change) shas.add(listed.sha)
  }
  if (change?.mergeCommit && (cover.get(change.mergeCommit) ?? change) === change) shas.add(change.mergeCommit)
  const mergedAt = change ? mergedAtOf(change, commits) : commit!.committedAt
  const reviewed = change?.firstReviewAt ?? change?.approvedAt ?? null
  const told = change ?? commit!
  const times = {
    authoredAt,
    openedAt: change?.openedAt ?? null,
    reviewedAt: reviewed,
    mergedAt,
    deployedAt: first?.deployedAt ?? null,
  }
  const { flags, ...durations } = leadTimeOf(times, { direct: change === null, first: first?.method === 'first' })
  return {
    id,
    here,
    records: change?.records ?? [id],
    number: change?.number ?? null,
    sha: change ? change.mergeCommit : commit!.sha,
    commits: [...shas].sort(),
    title: told.title,
    url: change?.url ?? null,
    ...times,
    deployment: first?.deployment ?? null,
    method: first?.method ?? null,
    ...durations,
    ...sizeOf(change, known),
    reverts: revertsOf(unit, known),
    hotfix: change !== null && isHotfix(change),
    flags: [...flags, ...sourcesMerged(change), ...(told.bot ? ['bot'] : [])],
  }
}

const CERTAINTY: Record<Method, number> = { stated: 0, ancestry: 1, first: 2 }

function firstDeployed(a: Standing, b: Standing): number {
  return a.deployedAt - b.deployedAt || compare(a.deployment!, b.deployment!) || CERTAINTY[a.method!] - CERTAINTY[b.method!]
}

/** Lines by people and by generators apart: as the forge counts the change, else of its commits that are no merges. */
function sizeOf(change: Change | null, known: readonly CommitRecord[]): Pick<ChangeRow, 'lines' | 'generatedLines'> {
  if (change && change.lines !== null) return { lines: change.lines, generatedLines: change.generatedLines }
  const squash = change?.mergeCommit ? known.find(({ sha, parents }) => sha === change.mergeCommit && parents.length < 2) : undefined
  const replaced = new Set((change?.commits ?? []).map(({ sha }) => sha))
  const counted = known.filter(
    ({ parents, sha, lines }) => parents.length < 2 && lines !== null && !(squash && sha !== squash.sha && replaced.has(sha)),
  )
  const generated = counted.flatMap(({ generatedLines }) => generatedLines ?? [])
  return {
    lines: counted.length ? sum(counted.map(({ lines }) => lines!)) : null,
    generatedLines: generated.length ? sum(generated) : null,
  }
}

/** What a unit takes back: as its record or its commit on the main line says, else its only commit of work. */
function revertsOf({ change, commit }: Gathered, known: readonly CommitRecord[]): string | null {
  const landed = change ? known.find(({ sha }) => sha === change.mergeCommit) : commit!
  const work = known.filter(({ parents }) => parents.length < 2)
  return change?.reverts ?? landed?.reverts ?? (work.length === 1 ? work[0]!.reverts : null)
}

/** A change whose branch, label or title says hotfix. */
function isHotfix({ branch, labels, title }: Change): boolean {
  return /^hotfix\b/i.test(branch ?? '') || /^hotfix\b/i.test(title ?? '') || (labels ?? []).some((label) => /^hotfix$/i.test(label))
}

function sourcesMerged(change: Change | null): string[] {
  return (change?.mergedFrom ?? []).map((source) => `merged_from:${source}`)
}

function sum(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0)
}
