import * as z from 'zod'
import { pollMinutes } from '../../ground/intake/index.ts'

/** A query with the name its values get; for an indicator also the query of all that counts. */
export interface Query {
  name: string
  query: string
  total?: string
}

const NAMED = /^([^=\s{}"]{1,200})\s*=\s*(\S[^]*)$/
const OUT_OF = / out of /

/** Lines, or semicolons between; a list stays one. */
const Lines = z.preprocess(
  (value) =>
    typeof value === 'string'
      ? value
          .split(/[;\n]/)
          .map((line) => line.trim())
          .filter(Boolean)
      : value,
  z.array(z.string().trim().min(1).max(4_000)).max(50),
)

/** What is chosen when a Prometheus is connected. */
export const PrometheusSettings = z.strictObject({
  address: z.url({ protocol: /^https?$/ }).meta({
    title: 'Address',
    description: 'As in https://prometheus.example.org; of Grafana Mimir with its /prometheus, of Thanos that of its Query.',
  }),
  queries: Lines.refine((lines) => lines.every((line) => NAMED.test(line)), 'Write name = query.')
    .default([])
    .meta({
      title: 'Queries for measures',
      description:
        'Each as name = query, as in shop.orders_per_minute = sum by (service) (rate(orders_total[$step])) * 60. $step stands for the step.',
    }),
  indicators: Lines.refine(
    (lines) => lines.every((line) => NAMED.test(line) && OUT_OF.test(line)),
    'Write name = query of the good out of query of all.',
  )
    .default([])
    .meta({
      title: 'Queries for indicators (SLI)',
      description:
        'Each as name = good out of all, as in availability = sum(increase(requests_total{code!~"5.."}[$step])) out of sum(increase(requests_total[$step])).',
    }),
  subjectLabel: z
    .string()
    .trim()
    .regex(/^[a-zA-Z_]\w*$/)
    .default('service')
    .meta({ title: 'Label that names the component', description: 'Its value is the component a series is about.' }),
  subject: z.string().trim().min(1).max(200).optional().meta({
    title: 'What it is about otherwise',
    description: 'For series without that label: component:default/checkout, or the name of a component.',
  }),
  stepSeconds: z.coerce
    .number()
    .int()
    .min(60)
    .max(86_400)
    .default(300)
    .meta({ title: 'Seconds between two values', description: 'One value is kept for each step.' }),
  slos: z.enum(['read', 'leave']).default('read').meta({
    title: 'What SLOs ask for',
    description: 'Also read, minute by minute, what SLO documents ask of a source of the type Prometheus.',
  }),
  tenant: z
    .string()
    .trim()
    .regex(/^[\w.|!*'()-]{1,150}$/)
    .optional()
    .meta({ title: 'Tenant', description: 'For Grafana Mimir and others that want X-Scope-OrgID.' }),
  pollMinutes: pollMinutes(15),
})
export type PrometheusSettings = z.infer<typeof PrometheusSettings>

/** The queries by the name of their list: `shop.orders`, `availability (SLI)`. */
export function queriesIn({ queries, indicators }: PrometheusSettings): Map<string, Query> {
  const read = (line: string): Query => {
    const [, name = '', query = ''] = NAMED.exec(line) ?? []
    return { name, query: query.trim() }
  }
  return new Map([
    ...queries.map(read).map((one) => [one.name, one] as const),
    ...indicators.map(read).map(({ name, query }) => {
      const [good = '', total = ''] = query.split(OUT_OF)
      return [`${name} (SLI)`, { name, query: good.trim(), total: total.trim() }] as const
    }),
  ])
}
