import * as z from 'zod'

/** The setting that says how often a connection is read again by ourselves. */
export function pollMinutes(preset: number, most = 1_440) {
  return z.coerce
    .number()
    .int()
    .min(0)
    .max(most)
    .default(preset)
    .meta({ title: 'Minutes between two readings', description: 'Once the past is read; 0: never again by itself.' })
}
