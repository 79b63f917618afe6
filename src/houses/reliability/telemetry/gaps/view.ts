import * as z from 'zod'
import { DAY, formatInstant, type Instant, type Ref, refName } from '../../../../ground/core/index.ts'
import type { Ground } from '../../../../ground/index.ts'
import { slosOf } from '../../store/slos.ts'
import { componentsOf, liesIn } from '../components.ts'
import { dependentsOf, joinedEdges } from '../map/map.ts'
import { edgesIn, measuredElsewhere, revealedIn } from '../store/read.ts'
import { byReach, missingOf, type Reveals } from './gaps.ts'

/** Things named that depend on a service. */
const NAMED = 5

export const HealthGapsView = z.object({
  window: z.object({ from: z.string(), to: z.string() }),
  services: z.array(
    z.object({
      ref: z.string(),
      title: z.string(),
      owner: z.string().nullable(),
      /** Whether it is declared in the catalogue, or only seen. */
      declared: z.boolean(),
      reveals: z.object({
        metrics: z.boolean(),
        traces: z.boolean(),
        logs: z.boolean(),
        structuredLogs: z.boolean(),
        correlatedLogs: z.boolean(),
        slo: z.boolean(),
      }),
      /** When it sent anything last, in the window. */
      lastAt: z.string().nullable(),
      /** How many others depend on it, directly or through others; the first few. */
      dependents: z.number().int(),
      dependedOnBy: z.array(z.string()),
      missing: z.array(z.object({ code: z.string(), why: z.string(), fix: z.string() })),
    }),
  ),
  /** Of all that run: how many reveal everything. */
  whole: z.number().int(),
})
export type HealthGapsView = z.output<typeof HealthGapsView>

/** Which services do not reveal their health, those that most depends on first. */
export async function healthGaps(
  { at, days, scope }: { at: Instant; days: number; scope: string | undefined },
  ground: Pick<Ground, 'store' | 'catalog'>,
): Promise<HealthGapsView> {
  const window = { from: at - days * DAY, to: at }
  const { components, declared } = await componentsOf(ground, scope)
  const revealed = Map.groupBy(
    (await revealedIn(ground.store, window)).filter(({ service }) => liesIn(service, scope)),
    ({ service }) => service,
  )
  const measured = await measuredElsewhere(ground.store)
  const promised = new Set((await slosOf(ground)).map(({ service }) => service))
  const dependents = dependentsOf(joinedEdges(await edgesIn(ground.store, window), declared))
  const refs = new Set<Ref>([...[...components.values()].filter(({ runs }) => runs).map(({ ref }) => ref), ...revealed.keys()])
  const services = [...refs].map((ref) => {
    const signals = revealed.get(ref) ?? []
    const has = (signal: string) => signals.some((one) => one.signal === signal)
    const reveals: Reveals = {
      metrics: has('metrics') || measured.has(ref),
      traces: has('traces'),
      logs: has('logs'),
      structuredLogs: has('structured_logs'),
      correlatedLogs: has('correlated_logs'),
      slo: promised.has(ref),
    }
    const others = [...dependents(ref)].sort()
    return {
      ref,
      title: components.get(ref)?.title ?? refName(ref),
      owner: components.get(ref)?.owner ?? null,
      declared: components.has(ref),
      reveals,
      lastAt: signals.length > 0 ? formatInstant(Math.max(...signals.map(({ lastAt }) => lastAt))) : null,
      dependents: others.length,
      dependedOnBy: others.slice(0, NAMED),
      missing: missingOf(reveals),
    }
  })
  return {
    window: { from: formatInstant(window.from), to: formatInstant(window.to) },
    services: services.sort(byReach),
    whole: services.filter(({ missing }) => missing.length === 0).length,
  }
}
