import { createHash } from 'node:crypto'
import type { Entity } from '../../../ground/catalog/index.ts'
import { DAY, refNamespace, type Ref, toRef } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import type { DeclaredFinder, DeclaredList } from '../../../ground/intake/index.ts'
import type { Indicator, MetricSource, Slo } from '../intent/index.ts'
import { slosOf } from '../store/slos.ts'
import { goodShare, increaseOver, isPerSecond, queryOf } from '../tell/prometheus/index.ts'
import { periodOf } from './watches.ts'

const SOURCE = 'prometheus'
/** Minutes are kept for a hundred days. */
const FARTHEST = 100 * DAY
const MANY = 1_000_000

/** What SLOs ask of Prometheus, for the connection that is to answer it. */
export function declaredIndicators(ground: Ground): DeclaredFinder {
  return async (connection) => {
    if (connection.settings.slos === 'leave') return new Map()
    const { catalog, intake } = ground
    const slos = await slosOf({ catalog })
    const asking = slos.filter(({ objectives }) => objectives.some(({ indicator }) => sourceOf(indicator)?.type === SOURCE))
    if (asking.length === 0) return new Map()
    const connections = (await intake.connections()).filter(({ source }) => source === SOURCE)
    const sources = new Map((await catalog.list({ kind: 'datasource', limit: MANY })).map((entity) => [entity.ref, entity]))
    const lists = new Map<string, DeclaredList>()
    for (const slo of asking)
      for (const { indicator } of slo.objectives) {
        const ask = askOf(slo.service, indicator)
        if (!ask || answering(slo, indicator, connections, sources) !== connection.id) continue
        const version = createHash('sha256').update(JSON.stringify(ask)).digest('hex').slice(0, 8)
        const since = ground.clock() - Math.min(FARTHEST, Math.max(periodOf(slo.window), 4 * DAY) + DAY)
        const name = `${ask.indicator} of ${slo.service}`
        // Promises share what is counted by its name; the first says how it is asked.
        const first = lists.get(name)
        lists.set(name, first ? { ...first, since: Math.min(since, first.since) } : { ask, version, since })
      }
    return lists
  }
}

function sourceOf({ metrics }: Indicator): MetricSource | undefined {
  if (metrics === null) return undefined
  return metrics.kind === 'ratio' ? metrics.total : metrics.kind === 'raw' ? metrics.raw : metrics.threshold
}

/**
 * Which connection answers: the one at the address of the data source the document names, or of its name; the only one there is;
 * else none, since two that answer would each overwrite the other.
 */
function answering(
  { ref }: Slo,
  indicator: Indicator,
  connections: readonly { id: string; name: string; settings: Readonly<Record<string, unknown>> }[],
  sources: ReadonlyMap<Ref, Entity>,
): string | null {
  const named = sourceOf(indicator)?.dataSource
  const read = named ? toRef(named, { kind: 'datasource', namespace: refNamespace(ref) }) : null
  const details: unknown = read?.ok ? sources.get(read.value)?.spec.connectionDetails : undefined
  const address = typeof details === 'object' && details !== null && 'url' in details ? String(details.url).replace(/\/+$/, '') : null
  const found =
    connections.find(({ settings }) => address !== null && String(settings.address).replace(/\/+$/, '') === address) ??
    connections.find(({ name }) => name === named)
  return found?.id ?? (connections.length === 1 ? connections[0]!.id : null)
}

/** Queries by the step; null where they cannot be asked so. */
function askOf(subject: Ref, { name, countedAs, metrics }: Indicator): ({ indicator: string } & Record<string, unknown>) | null {
  if (metrics === null) return null
  const indicator = countedAs ?? name
  if (metrics.kind !== 'ratio') {
    const share = goodShare(metrics, '$step')
    return share.ok ? { indicator, subject, share: share.value, perSecond: { part: false, total: false } } : null
  }
  const part = metrics.bad ?? metrics.good
  const [counted, total] = [part ? queryOf(part) : null, queryOf(metrics.total)]
  if (!counted?.ok || !total.ok) return null
  return {
    indicator,
    subject,
    [metrics.bad ? 'bad' : 'good']: increaseOver(counted.value, '$step', metrics.counter),
    total: increaseOver(total.value, '$step', metrics.counter),
    perSecond: { part: isPerSecond(counted.value), total: isPerSecond(total.value) },
  }
}
