import * as z from 'zod'
import { Claim } from '../../../ground/core/index.ts'
import type { Corrections } from '../store/corrections.ts'

const Counts = { added: z.number().int(), revised: z.number().int(), retracted: z.number().int() }
/** What became known after a report, and which of its sentences would read otherwise now. */
export const CorrectionsView = z.object({
  scope: z.string(),
  at: z.string(),
  asOf: z.string(),
  now: z.string(),
  corrected: z.array(z.object({ section: z.string(), before: Claim.nullable(), after: Claim.nullable() })),
  records: z.object({
    counts: z.array(z.object({ kind: z.string(), source: z.string(), ...Counts })),
    examples: z.array(
      z.object({
        id: z.string(),
        subject: z.string(),
        what: z.enum(['added', 'revised', 'retracted']),
        at: z.string(),
        learned: z.string(),
      }),
    ),
  }),
  /** In words, one line each. */
  text: z.string(),
})

/** The corrections for a terminal: what reads otherwise, and the records behind it. */
export function correctionsText({ asOf, now, corrected, records }: Corrections): string {
  const day = (moment: string) => `${moment.slice(0, 16).replace('T', ' ')} UTC`
  const sentences = corrected.map(({ section, before, after }) =>
    [
      section || 'Headline',
      ...(before ? [`  was: ${before.text}`] : ['  was not told']),
      after ? `  now: ${after.text}` : '  is no longer told',
    ].join('\n'),
  )
  const counts = records.counts.map(
    ({ kind, source, added, revised, retracted }) =>
      `  ${kind} from ${source}: ${[...(added ? [`${added} more`] : []), ...(revised ? [`${revised} changed`] : []), ...(retracted ? [`${retracted} taken back`] : [])].join(', ')}`,
  )
  const examples = records.examples.map(({ id, what, at, learned }) => `  ${WHAT[what]} ${id} (of ${day(at)}, learned ${day(learned)})`)
  return `${[
    corrected.length
      ? `What was known on ${day(asOf)} has been corrected since; ${corrected.length === 1 ? 'one sentence reads' : `${corrected.length} sentences read`} otherwise now (${day(now)}).`
      : `Nothing reads otherwise now (${day(now)}) than on ${day(asOf)}.`,
    ...sentences,
    counts.length
      ? ['Learned since, about the time before:', ...counts, ...examples].join('\n')
      : 'No record about the time before was learned since.',
  ].join('\n\n')}\n`
}

const WHAT = { added: 'new', revised: 'changed', retracted: 'taken back' }
