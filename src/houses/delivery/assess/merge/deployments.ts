import { HOUR, type Instant } from '../../../../ground/core/index.ts'
import type { DeploymentRecord } from '../facts.ts'
import { compare, mergeFields, otherSources, recordIds } from './fields.ts'

/** A deployment as all its records together tell it. */
export interface Deployment extends DeploymentRecord {
  records: readonly string[]
  /** Who else tells of it, and of its further regions. */
  mergedFrom: readonly string[]
  /** Further regions or repetitions of the same source within the hour. */
  repeats: number
  inferred: boolean
}

interface Group {
  startedAt: Instant
  /** First record of each source. */
  bySource: Map<string, DeploymentRecord>
  repeats: DeploymentRecord[]
  /** Inferred records that gave way and add nothing. */
  echoes: DeploymentRecord[]
}

const INFERRED = 0

/**
 * Deployments by their natural key: the same commit within an hour. Two sources that tell of it are two views of one
 * fact; one source that tells of it twice means two regions. A source that deployed something else in between went
 * back, and a failed attempt stands for itself. What was only inferred from a tag gives way to a deployment of that
 * commit somebody stated, whenever it was; further tags of a commit are other names of the same release, since a tag
 * deploys nothing again and takes nothing back. One record told of several subjects is one. In order of time.
 */
export function mergeDeployments(records: readonly DeploymentRecord[]): Deployment[] {
  const ordered = asTold(records).toSorted(
    (a, b) => a.finishedAt - b.finishedAt || compare(a.source, b.source) || compare(a.id, b.id) || compare(a.subject, b.subject),
  )
  const successes = Map.groupBy(
    ordered.filter(({ outcome }) => outcome === 'success'),
    ({ source }) => source,
  )
  const groups: Group[] = []
  for (const same of Map.groupBy(ordered, ({ commit }) => commit).values()) groups.push(...yieldInferred(groupsOf(same, successes)))
  return groups.map(deploymentOf).sort(inTime)
}

/** Records by their ids: what is told of a component and of its repository under one id is told once. */
function asTold(records: readonly DeploymentRecord[]): readonly DeploymentRecord[] {
  const byId = Map.groupBy(records, ({ id }) => id)
  return byId.size === records.length ? records : [...byId.values()].map(mergeFields)
}

export function inTime(a: { finishedAt: Instant; id: string }, b: { finishedAt: Instant; id: string }): number {
  return a.finishedAt - b.finishedAt || compare(a.id, b.id)
}

function groupsOf(same: readonly DeploymentRecord[], successes: ReadonlyMap<string, readonly DeploymentRecord[]>): Group[] {
  const groups: Group[] = []
  for (const record of same) {
    const group = groups.at(-1)
    if (group && record.finishedAt - group.startedAt <= HOUR && joins(record, group, successes.get(record.source) ?? [])) {
      if (group.bySource.has(record.source)) group.repeats.push(record)
      else group.bySource.set(record.source, record)
    } else groups.push({ startedAt: record.finishedAt, bySource: new Map([[record.source, record]]), repeats: [], echoes: [] })
  }
  return groups
}

function joins(record: DeploymentRecord, { bySource, repeats }: Group, successes: readonly DeploymentRecord[]): boolean {
  if (record.rollbackOf !== null && ![...bySource.values()].some(({ rollbackOf }) => rollbackOf !== null)) return false
  const own = bySource.get(record.source)
  if (!own) return true
  if (own.outcome !== 'success' || record.outcome !== 'success') return false
  const last = repeats.findLast(({ source }) => source === record.source) ?? own
  return !successes.some(
    ({ commit, finishedAt }) => commit !== record.commit && finishedAt > last.finishedAt && finishedAt <= record.finishedAt,
  )
}

function yieldInferred(groups: readonly Group[]): Group[] {
  const inferred = groups.filter((group) => [...group.bySource.values()].every(isTag))
  for (const group of inferred) group.echoes.push(...group.repeats.splice(0))
  if (groups.length < 2) return [...groups]
  const stated = groups.find(
    (group) =>
      !inferred.includes(group) && [...group.bySource.values()].some(({ basis, outcome }) => basis > INFERRED && outcome === 'success'),
  )
  const kept = stated ?? inferred[0]
  if (!kept) return [...groups]
  const others = inferred.filter((group) => group !== kept)
  for (const { bySource, echoes } of others) {
    for (const [source, record] of bySource) {
      if (kept.bySource.has(source)) kept.echoes.push(record)
      else kept.bySource.set(source, record)
    }
    kept.echoes.push(...echoes)
  }
  return groups.filter((group) => !others.includes(group))
}

/** Told by a tag alone, or by whatever else only suggests a deployment. */
function isTag({ basis, outcome, rollbackOf }: DeploymentRecord): boolean {
  return basis === INFERRED && outcome === 'success' && rollbackOf === null
}

function deploymentOf({ bySource, repeats, echoes }: Group): Deployment {
  const views = [...bySource.values()]
  const merged = mergeFields(views)
  const all = [...views, ...repeats, ...echoes]
  return {
    ...merged,
    records: recordIds(merged, all),
    mergedFrom: otherSources(merged, all),
    repeats: repeats.length,
    inferred: views.every(({ basis }) => basis === INFERRED),
  }
}
