import * as z from 'zod'
import { formatInstant, type Instant } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'

const KEY = 'telemetry/trace-link'
/** Where the trace id goes in the template. */
const PLACE = '{traceId}'

/** Address of a trace in the tracing backend that people have. */
export const TraceLink = z
  .string()
  .max(1_000)
  .refine((text) => text.includes(PLACE), `is no template: it has no ${PLACE} in it`)
  .refine((text) => /^https?:\/\//i.test(text) && URL.canParse(text), 'is no web address that begins with http:// or https://')

/** A trace as an example, with its address where the template is known. */
export const ExemplarView = z.object({ id: z.string(), at: z.string(), url: z.string().nullable() })

export function traceLinkOf({ intake }: Pick<Ground, 'intake'>): Promise<string | null> {
  return intake.setting<string>(KEY)
}

export async function setTraceLink({ intake }: Pick<Ground, 'intake'>, link: string | null): Promise<void> {
  if (link === null) await intake.removeSetting(KEY)
  else await intake.setSetting(KEY, link)
}

/** @param link template; null where none is set */
export function exemplar(id: string | null, at: Instant | null, link: string | null): z.output<typeof ExemplarView> | null {
  if (id === null || at === null) return null
  return { id, at: formatInstant(at), url: link === null ? null : link.replaceAll(PLACE, encodeURIComponent(id)) }
}
