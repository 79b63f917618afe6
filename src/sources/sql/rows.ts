import * as z from 'zod'
import { digestOf, ignored, reading, type ReadPayload, refFrom, told } from '../../ground/intake/index.ts'
import { momentOf } from './page.ts'
import type { SqlSettings } from './settings.ts'

const Told = z.object({
  at: z.string().transform(momentOf),
  row: z.looseObject({ value: z.unknown(), subject: z.string().max(400).nullish() }),
})

/** One row: a value of the measure. A row whose value is not known says nothing. */
export function readRow(body: unknown, settings: SqlSettings): ReadPayload {
  return reading(Told, ({ at, row: { at: _, value, subject: named, ...others } }): ReadPayload => {
    if (value === null || value === 'NaN') return ignored('A value that is not known is none.')
    const dimensions = Object.fromEntries(
      Object.entries(others)
        .filter(([, held]) => held !== null)
        .map(([name, held]) => [name, typeof held === 'number' || typeof held === 'boolean' ? String(held) : held] as const)
        .sort(([a], [b]) => (a < b ? -1 : 1)),
    )
    const has = Object.keys(dimensions).length > 0
    const subject = named ?? settings.subject
    return told({
      kind: 'measurement',
      source: 'sql',
      id: `${settings.measure}/${at}${has ? `/${digestOf(Buffer.from(JSON.stringify(dimensions))).slice(0, 22)}` : ''}`,
      subject: subject === undefined || subject.includes(':') ? subject : refFrom('component', subject),
      at,
      measure: settings.measure,
      value,
      dimensions: has ? dimensions : undefined,
    })
  })(body)
}
