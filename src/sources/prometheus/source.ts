import { Refusal } from '../../ground/core/index.ts'
import type { Finding, PageAsk, SourceDefinition } from '../../ground/intake/index.ts'
import { DECLARED_STEP } from './declared.ts'
import { matrixOf } from './matrix.ts'
import { pageOf } from './page.ts'
import { readSeries } from './records.ts'
import { PrometheusSettings, queriesIn } from './settings.ts'

/** Prometheus and what answers like it: Grafana Mimir, Thanos, VictoriaMetrics. */
export const prometheus: SourceDefinition = {
  kind: 'prometheus',
  title: 'Prometheus',
  brings: 'Values of measures and good and total events of indicators, from queries of yours; also from Grafana Mimir, Thanos and others.',
  steps: [
    'Write each query as name = query; the name is that of a measure, and $step in it stands for the step.',
    'For an indicator write name = query of the good out of query of all, both as counts over one step: increase(…[$step]).',
    'Sum by the label that names the component, as in sum by (service) (…): series without it are about what you name as subject.',
    'If the server asks for it, give a bearer token, or a user and password as user:password; for Grafana Mimir also the tenant.',
    'What SLO documents ask of a source of the type Prometheus is read as well, minute by minute, unless you say otherwise.',
    'A server on a private address is asked only if ALLOW_PRIVATE_ADDRESSES names that address where Throughline is started.',
    'What the server still keeps of the past year is read at once, then what is new at the interval you chose.',
  ],
  settings: PrometheusSettings,
  // Values of two grids would count the same time twice.
  naming: ['subjectLabel', 'subject', 'stepSeconds'],
  secrets: [
    { name: 'bearer', label: 'bearer token', made: 'there', optional: true },
    { name: 'basic', label: 'user and password, as user:password', made: 'there', optional: true },
  ],
  pull: {
    contents: ['address', 'queries', 'indicators', 'tenant'],
    streams: (settings) => [...queriesIn(PrometheusSettings.parse(settings)).keys()],
    reach(settings, { bearer, basic }) {
      const { address, tenant } = PrometheusSettings.parse(settings)
      const authorization = bearer ? `Bearer ${bearer}` : basic ? `Basic ${Buffer.from(basic).toString('base64')}` : undefined
      return { base: address, headers: { ...(authorization ? { authorization } : {}), ...(tenant ? { 'x-scope-orgid': tenant } : {}) } }
    },
    everySeconds(settings, declared) {
      if (declared) return DECLARED_STEP
      const { pollMinutes } = PrometheusSettings.parse(settings)
      return pollMinutes === 0 ? null : pollMinutes * 60
    },
    page: pageOf,
    read: (payload, settings) => readSeries(payload, PrometheusSettings.parse(settings)),
    test: findings,
  },
}

/** How many series each query has now. */
async function findings({ settings, remote }: Pick<PageAsk, 'settings' | 'remote'>): Promise<Finding[]> {
  const read = PrometheusSettings.parse(settings)
  const step = read.stepSeconds
  const now = Math.floor(Date.now() / 1000 / step) * step
  const found: Finding[] = []
  for (const [name, { query, total }] of queriesIn(read))
    for (const one of total === undefined ? [query] : [query, total])
      try {
        const series = await matrixOf(one, { start: now - step, end: now, step }, remote)
        const nameless = series.filter(({ metric }) => !metric[read.subjectLabel]).length
        if (series.length === 0) found.push({ ok: false, what: `${name} has no series now.`, fix: 'Try the query in the server itself.' })
        else if (nameless > 0 && read.subject === undefined)
          found.push({
            ok: false,
            what: `${name} has ${series.length} series, ${nameless} of them without the label ${read.subjectLabel}.`,
            fix: `Sum by (${read.subjectLabel}), or name what they are about.`,
          })
        else found.push({ ok: true, what: `${name} has ${series.length} series now.` })
      } catch (error) {
        if (!(error instanceof Refusal) || error.problem.code !== 'pull.refused') throw error
        found.push({
          ok: false,
          what: `${name}: ${error.problem.message}`,
          fix: 'Correct the query under "Edit settings", or with throughline sources set.',
        })
      }
  if (found.length === 0 && read.slos === 'read') {
    await matrixOf('vector(1)', { start: now, end: now, step }, remote)
    return [{ ok: true, what: 'It answers. There is no query of its own; what SLOs ask for is read.' }]
  }
  return found.length > 0
    ? found
    : [{ ok: false, what: 'There is no query.', fix: 'Write one under "Edit settings", or with throughline sources set.' }]
}
