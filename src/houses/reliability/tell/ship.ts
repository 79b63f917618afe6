import * as z from 'zod'
import { dayWords, formatInstant, type Instant, refName } from '../../../ground/core/index.ts'
import type { ShipRow } from '../store/ship.ts'
import { SloStatusView, statusView } from './status.ts'

/** May we ship: every promise, worst first. */
export const ShipView = z.object({
  at: z.string(),
  asOf: z.string(),
  /** The answer as a sentence. */
  headline: z.string(),
  promises: z.array(
    SloStatusView.extend({
      /** The deployment that spent most of the budget until the next. */
      spender: z.object({ id: z.string(), of: z.string(), commit: z.string(), at: z.string(), minutes: z.number() }).nullable(),
    }),
  ),
  /** Components that promise nothing. */
  without: z.array(z.object({ ref: z.string(), title: z.string() })),
})

export function shipView(
  { rows, without }: { rows: readonly ShipRow[]; without: { ref: string; title: string }[] },
  { at, known }: { at: Instant; known: Instant },
): z.input<typeof ShipView> {
  return {
    at: formatInstant(at),
    asOf: formatInstant(known),
    headline: headline(rows),
    promises: rows.map(({ status, spender }) => ({
      ...statusView(status),
      spender:
        spender?.id && spender.of && spender.commit
          ? { id: spender.id, of: spender.of, commit: spender.commit, at: formatInstant(spender.at), minutes: spender.minutes }
          : null,
    })),
    without,
  }
}

/** "Of 4 promises 1 is broken, 1 is at risk. payments: 5.1 of 86 min left; gone 3 December at yesterday's pace; 61 min spent by deployment 8f2c1ab." */
function headline(rows: readonly ShipRow[]): string {
  const [worst] = rows
  if (!worst) return 'Unknown: nothing is promised yet.'
  const count = (state: string) => rows.filter(({ status }) => status.state === state).length
  const parts = [
    [count('missed'), 'broken'],
    [count('at_risk'), 'at risk'],
    [count('unknown'), 'unknown'],
  ].filter(([n]) => n !== 0)
  const all = rows.length === 1 ? 'The one promise' : `All ${rows.length} promises`
  if (parts.length === 0) return `${all} ${rows.length === 1 ? 'is' : 'are'} kept. ${wordsOf(worst)}`
  const told = parts.map(([n, word]) => `${n} ${n === 1 ? 'is' : 'are'} ${word}`).join(', ')
  return `Of ${rows.length} ${rows.length === 1 ? 'promise' : 'promises'} ${told}. ${wordsOf(worst)}`
}

function wordsOf({ status, spender }: ShipRow): string {
  const { service, budget, exhaustsAt, unknown, burn } = status
  const name = refName(service)
  if (unknown || budget.minutesLeft === null) return `${name}: ${unknown?.why ?? 'unknown.'}`
  const left =
    budget.minutesLeft < 0
      ? `${minutes(-budget.minutesLeft)} min more than the ${minutes(budget.minutesTotal)} that were allowed`
      : `${minutes(budget.minutesLeft)} of ${minutes(budget.minutesTotal)} min left`
  const parts = [
    left,
    exhaustsAt === null ? null : `gone ${dayWords(exhaustsAt)} at yesterday's pace`,
    burn['1h'] === null ? null : `burns ${Number(burn['1h'].toPrecision(2))} times as fast as allowed now`,
    spender?.commit ? `${minutes(spender.minutes)} min spent by deployment ${spender.commit.slice(0, 7)}` : null,
  ]
  return `${name}: ${parts.filter(Boolean).join('; ')}.`
}

function minutes(value: number): string {
  return value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString('en-GB')
}
