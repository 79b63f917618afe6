import { formatInstant, type Instant, Refusal } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import type { LearnedSince } from '../../../ground/ledger/index.ts'
import { type Corrected, correctionsOf, type Sentences } from '../decide/corrections.ts'

/** What a report would say otherwise today, and the records learned since that make it so. */
export interface Corrections {
  scope: string
  at: string
  /** What was known when the report was made. */
  asOf: string
  /** What is known now. */
  now: string
  corrected: Corrected[]
  records: LearnedSince
}

/**
 * Tells a report as it was known and as it is known now, about the same time, and compares them. The past report itself
 * stays as it was.
 * @param tell makes the report at a moment with what was known at another
 */
export async function corrections(
  { ledger, catalog }: Pick<Ground, 'ledger' | 'catalog'>,
  { scope, at, asOf }: { scope: string; at?: Instant; asOf?: Instant },
  tell: (when: { at: Instant; asOf: Instant }) => Promise<Sentences>,
): Promise<Corrections> {
  if (asOf === undefined)
    throw new Refusal('corrections.no_moment', 'Corrections are what became known after a report: say as of when it was made.', {
      fix: 'Give the moment of the report, for example --as-of 2026-10-01T00:00:00Z.',
      path: 'asOf',
    })
  const now = await catalog.present()
  const known = Math.min(asOf, now)
  const when = at ?? known
  const before = await tell({ at: when, asOf: known })
  const after = await tell({ at: when, asOf: now })
  return {
    scope,
    at: formatInstant(when),
    asOf: formatInstant(known),
    now: formatInstant(now),
    corrected: correctionsOf(before, after),
    records: await ledger.learnedSince({ namespace: scope, after: known, by: now, before: when }),
  }
}
