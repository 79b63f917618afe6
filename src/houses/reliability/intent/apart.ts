import type { Indicator, MetricSource, Slo } from './model.ts'

/** Types of sources whose answers are counted here, under the name of the SLI. */
const COUNTED_HERE: ReadonlySet<string> = new Set(['prometheus', 'opentelemetry', 'throughline'])

/**
 * Promises about one service whose own SLIs have one name and ask for different things, each SLI under a name that tells the
 * promise, too: samples are kept by service and name, and would be mixed. An SLI that is a document of its own keeps its name.
 */
export function namedApart(slos: readonly Slo[]): Slo[] {
  const definitions = new Map<string, Set<string>>()
  for (const { service, objectives } of slos)
    for (const { indicator } of objectives) {
      const definition = definitionOf(indicator)
      if (definition === null) continue
      const key = `${service}\n${indicator.name}`
      const known = definitions.get(key)
      if (known) known.add(definition)
      else definitions.set(key, new Set([definition]))
    }
  const isMixed = (service: string, indicator: Indicator) =>
    indicator.inline && definitionOf(indicator) !== null && definitions.get(`${service}\n${indicator.name}`)!.size > 1
  return slos.map((slo) => {
    if (!slo.objectives.some(({ indicator }) => isMixed(slo.service, indicator))) return slo
    const objectives = slo.objectives.map((objective, place) =>
      isMixed(slo.service, objective.indicator) ? { ...objective, indicator: renamed(objective.indicator, slo, place) } : objective,
    )
    return { ...slo, objectives }
  })
}

function renamed(indicator: Indicator, { ref, composite }: Slo, place: number): Indicator {
  const name = `${indicator.name} of ${ref.slice(ref.indexOf(':') + 1)}${composite ? ` ${place + 1}` : ''}`
  const { metrics } = indicator
  return { ...indicator, name, ...(metrics?.kind === 'threshold' ? { countedAs: `${name} ${metrics.op} ${metrics.value}` } : {}) }
}

/** What is asked for, as text; null where it is not counted here. Each threshold is counted for itself as it is. */
function definitionOf({ metrics }: Indicator): string | null {
  if (metrics === null) return null
  const source: MetricSource = metrics.kind === 'ratio' ? metrics.total : metrics.kind === 'raw' ? metrics.raw : metrics.threshold
  if (!COUNTED_HERE.has(source.type)) return null
  return JSON.stringify(metrics.kind === 'threshold' ? metrics.threshold : metrics)
}
