import * as z from 'zod'
import { InstantSchema, operation, RefSchema } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { healthGaps, HealthGapsView } from './gaps/view.ts'
import { MapView, mapView } from './map/view.ts'
import { ServiceView, serviceView } from './service-view.ts'
import { setTraceLink, TraceLink, traceLinkOf } from './trace-link.ts'

const Scope = z.string().trim().toLowerCase().max(63)
const Hours = z.coerce.number().int().min(1).max(2_400).default(24)

export const telemetryOperations = [
  operation({
    id: 'health.gaps',
    method: 'get',
    path: '/health-gaps',
    scope: 'read',
    keep: true,
    summary: 'Which services do not reveal their health: metrics, traces, logs, SLO; those that most depends on first',
    input: z.object({
      scope: Scope.optional(),
      days: z.coerce.number().int().min(1).max(100).default(7),
      at: InstantSchema.optional(),
    }),
    output: HealthGapsView,
    run: ({ scope, days, at }, ground: Ground) => healthGaps({ at: at ?? ground.clock(), days, scope }, ground),
  }),
  operation({
    id: 'telemetry.map',
    method: 'get',
    path: '/telemetry/map',
    scope: 'read',
    keep: true,
    summary: 'Who calls whom, seen in spans and declared in the catalogue, with calls, errors, durations and the state of promises',
    input: z.object({ scope: Scope.optional(), hours: Hours, at: InstantSchema.optional() }),
    output: MapView,
    run: ({ scope, hours, at }, ground: Ground) => mapView({ at: at ?? ground.clock(), hours, scope }, ground),
  }),
  operation({
    id: 'telemetry.trace_link',
    method: 'get',
    path: '/telemetry/trace-link',
    scope: 'read',
    summary: 'The address of a trace in your tracing backend, with {traceId} where its id goes',
    input: z.strictObject({}),
    output: z.object({ link: z.string().nullable() }),
    run: async (_, ground: Ground) => ({ link: await traceLinkOf(ground) }),
  }),
  operation({
    id: 'telemetry.set_trace_link',
    method: 'put',
    path: '/telemetry/trace-link',
    scope: 'admin',
    summary: 'Says where traces are looked at; null forgets it',
    input: z.strictObject({ link: TraceLink.nullable() }),
    output: z.object({ link: z.string().nullable() }),
    audit: 'telemetry.trace_link',
    run: async ({ link }, ground: Ground) => {
      await setTraceLink(ground, link)
      return { link }
    },
  }),
  operation({
    id: 'telemetry.service',
    method: 'get',
    path: '/telemetry/{service+}',
    scope: 'read',
    keep: true,
    summary: 'What a service did, by operation, whom it calls, and what its logs complain of',
    input: z.object({ service: RefSchema, hours: Hours, at: InstantSchema.optional() }),
    output: ServiceView,
    run: ({ service, hours, at }, ground: Ground) => serviceView(service, { at: at ?? ground.clock(), hours }, ground),
  }),
] as const
