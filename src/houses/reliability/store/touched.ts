import { type Instant, type Reading, type Ref, refNamespace, toRef, type Unknown } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'

/** Annotation of an SLO that names the measure of what its service earns in a minute, in money. */
const REVENUE = 'throughline.dev/revenue-per-minute'
/** The measure that is asked where none is named. */
const USUAL_REVENUE = 'business.revenue_per_minute'

/** What the minutes that were spent are worth, as far as a measure says what a minute earns. */
export interface MoneyTouched {
  measure: string
  perMinute: number | null
  amount: number | null
  unit: string
  unknown?: Unknown
}

/** Minutes of budget spent times what a minute earns: what was at stake, not what was lost. */
export async function moneyTouched(
  { catalog, measures }: Pick<Ground, 'catalog' | 'measures'>,
  { slo, service, minutes, from, to, asOf }: { slo: Ref; service: Ref; minutes: number | null; from: Instant; to: Instant; asOf: Instant },
): Promise<MoneyTouched> {
  const entity = await catalog.get(slo, asOf)
  const measure = entity?.metadata.annotations?.[REVENUE] ?? USUAL_REVENUE
  const read = (subject: Ref) => measures.read({ measure, subject, from, to, at: to, asOf })
  const own = await read(service)
  const reading: Reading = own.value === null ? await read(`namespace:${refNamespace(slo)}`) : own
  const { value, unit } = reading
  return {
    measure,
    perMinute: value,
    amount: value === null || minutes === null ? null : value * minutes,
    unit,
    ...(value === null
      ? {
          unknown: {
            code: 'no_revenue_measure',
            why: `Nobody says what a minute earns: ${measure} has no value.`,
            fix: `Declare a measure ${USUAL_REVENUE} in money, or name another in the annotation ${REVENUE}.`,
          },
        }
      : {}),
  }
}

/** Outcomes that are measured for something the service is part of, or for the promise itself. */
export async function outcomesTouched(
  { catalog }: Pick<Ground, 'catalog'>,
  service: Ref,
  asOf: Instant,
): Promise<{ ref: Ref; title: string }[]> {
  const namespace = refNamespace(service)
  const outcomes = await catalog.list({ kind: 'outcome', namespace }, asOf)
  const touched = await Promise.all(
    outcomes.map(async ({ ref, metadata, spec }) => {
      const read = typeof spec.subject === 'string' ? toRef(spec.subject, { kind: 'component', namespace }) : null
      if (!read?.ok) return []
      const isTouched = read.value === service || (await catalog.shares(read.value, asOf)).some((share) => share.ref === service)
      return isTouched ? [{ ref, title: metadata.title ?? metadata.name }] : []
    }),
  )
  return touched.flat()
}
