import type { ExampleRecord } from './generator/record.ts'
import { SERVICES } from './generator/services.ts'

/** Counts straight from raw records, apart from the product and from what the generator knows. */
export interface Recount {
  /** Lead times in days of changes first deployed in a window, by component. */
  leadDays(components: readonly string[], from: number, to: number): number[]
  /** First-time production deployments in a window. */
  deployments(components: readonly string[], from: number, to: number): { id: string; failed: boolean }[]
  /** Lines of changes merged in a window. */
  sizes(components: readonly string[], from: number, to: number): number[]
}

type Of<Kind extends ExampleRecord['kind']> = Extract<ExampleRecord, { kind: Kind }>
interface Deployed {
  id: string
  component: string
  commit: string
  finishedAt: number
  failed: boolean
  holds: Set<string>
}

export function recount(records: readonly ExampleRecord[]): Recount {
  const of = <Kind extends ExampleRecord['kind']>(kind: Kind) => records.filter((record): record is Of<Kind> => record.kind === kind)
  const parents = new Map(of('commit').map((commit) => [commit.sha, commit.parents]))
  const files = new Map(of('commit').map((commit) => [commit.sha, (commit.files ?? []).map((file) => file[0])]))
  const changes = of('change').filter((change) => change.source === 'forge' && change.mergeCommit)
  const componentOf = (change: Of<'change'>) => {
    const alone = SERVICES.find((service) => !service.path && change.subject === `repository:example/${service.name}`)
    if (alone) return alone.name
    const paths = [change.mergeCommit!, ...(change.commits ?? []).map(({ sha }) => sha)].flatMap((sha) => files.get(sha) ?? [])
    return SERVICES.find((service) => service.path && paths.some((path) => path.startsWith(`${service.path}/`)))?.name ?? ''
  }
  const changesOf = Map.groupBy(changes, componentOf)
  const deployed = [
    ...Map.groupBy(
      of('deployment').filter((one) => one.source === 'pipeline' && one.environment === 'production' && one.outcome === 'success'),
      (one) => one.subject,
    ),
  ].flatMap(([subject, own]) => firsts(subject, own, parents, records, componentOf))

  return {
    leadDays: (components, from, to) =>
      components.flatMap((component) => {
        const own = deployed.filter((one) => one.component === component)
        return (changesOf.get(component) ?? []).flatMap((change) => {
          const first = own.find((one) => one.holds.has(change.mergeCommit!))
          if (!first || first === own[0] || first.finishedAt < from || first.finishedAt >= to) return []
          const authoredAt = Math.min(...change.commits!.map((commit) => Date.parse(commit.authoredAt)))
          return [(first.finishedAt - authoredAt) / 86_400_000]
        })
      }),
    deployments: (components, from, to) =>
      deployed
        .filter((one) => components.includes(one.component) && one.finishedAt >= from && one.finishedAt < to)
        .map(({ id, failed }) => ({ id, failed })),
    sizes: (components, from, to) =>
      components.flatMap((component) =>
        (changesOf.get(component) ?? [])
          .filter((change) => Date.parse(change.mergedAt!) >= from && Date.parse(change.mergedAt!) < to)
          .map((change) => change.additions! + change.deletions!),
      ),
  }
}

/** Deployments of one component that bring a commit for the first time, with all they newly hold and whether they failed. */
function firsts(
  subject: string,
  own: readonly Of<'deployment'>[],
  parents: ReadonlyMap<string, string[]>,
  records: readonly ExampleRecord[],
  componentOf: (change: Of<'change'>) => string,
): Deployed[] {
  const seen = new Set<string>()
  const ordered = own.toSorted((a, b) => Date.parse(a.finishedAt) - Date.parse(b.finishedAt))
  const found = ordered
    .filter((one) => !one.rollbackOf)
    .map((one): Deployed => {
      const holds = new Set<string>()
      for (const open = [one.commit]; open.length > 0;) {
        const sha = open.pop()!
        if (seen.has(sha)) continue
        seen.add(sha)
        holds.add(sha)
        open.push(...(parents.get(sha) ?? []))
      }
      return {
        id: one.id!,
        component: subject.slice('component:example/'.length),
        commit: one.commit,
        finishedAt: Date.parse(one.finishedAt),
        failed: false,
        holds,
      }
    })
  const fail = (deployment: Deployed | undefined) => deployment && (deployment.failed = true)
  for (const one of ordered) if (one.rollbackOf) fail(found.find((other) => other.id === one.rollbackOf))
  for (const record of records) {
    if (record.kind === 'incident' && record.subject === subject) {
      const openedAt = Date.parse(record.openedAt)
      const last = found.findLast((one) => one.finishedAt <= openedAt)
      fail(
        record.causedBy
          ? found.find((one) => one.id === record.causedBy)
          : last && openedAt - last.finishedAt <= 86_400_000
            ? last
            : undefined,
      )
    }
    // A repository of several services: the revert concerns the one whose files it touches.
    if (record.kind === 'change' && record.reverts && record.mergeCommit && subject.endsWith(`/${componentOf(record)}`))
      fail(found.find((one) => one.holds.has(record.reverts!)))
  }
  return found
}

/** The middle value, between two when there is an even number; NaN of nothing. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  const position = share * (sorted.length - 1)
  const below = Math.floor(position)
  return sorted[below]! + (sorted[Math.ceil(position)]! - sorted[below]!) * (position - below)
}
