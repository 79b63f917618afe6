import { useAddress } from '../../app/address.ts'
import { Pop } from '../../ui/overlay/index.ts'
import { formatDays } from '../../ui/text/index.ts'
import { BY, type By, type Cost } from './asks.ts'
import classes from './cost.module.css'

const MONTHS = [
  { months: 1, label: 'A month' },
  { months: 3, label: '3 months' },
  { months: 12, label: '12 months' },
] as const

/** What the page tells by, which amount, in which currency, over which months; all of it stands in the address. */
export function Choices({ cost, by }: { cost: Cost; by: By }) {
  const { search, set } = useAddress()
  const months = monthsIn(cost.window)
  return (
    <div className={classes.choices} data-screen-only>
      <div role="group" aria-label="Told by">
        {BY.map((one) => (
          <button
            key={one}
            type="button"
            aria-pressed={by === one}
            onClick={() => set({ by: one, sort: undefined, find: undefined, page: undefined })}
          >
            By {one}
          </button>
        ))}
      </div>
      <div role="group" aria-label="Amount">
        {(['effective', 'billed'] as const).map((one) => (
          <button key={one} type="button" aria-pressed={cost.cost === one} onClick={() => set({ cost: one })}>
            {one === 'effective' ? 'Effective' : 'Billed'}
          </button>
        ))}
      </div>
      {cost.currencies.length > 1 && (
        <div role="group" aria-label="Currency">
          {cost.currencies.map(({ currency }) => (
            <button key={currency} type="button" aria-pressed={cost.currency === currency} onClick={() => set({ currency })}>
              {currency}
            </button>
          ))}
        </div>
      )}
      <div role="group" aria-label="Span of time">
        {MONTHS.map((one) => (
          <button key={one.months} type="button" aria-pressed={months === one.months} onClick={() => set(spanOf(one.months, cost.at))}>
            {one.label}
          </button>
        ))}
        <Pop button={months === null ? formatDays(cost.window) : 'Other…'} active={months === null}>
          <div className={classes.dates}>
            <label>
              From
              <input type="date" value={search.from ?? ''} onChange={(event) => set({ from: event.target.value || undefined })} />
            </label>
            <label>
              to, included
              <input type="date" value={search.to ?? ''} onChange={(event) => set({ to: event.target.value || undefined })} />
            </label>
          </div>
        </Pop>
      </div>
    </div>
  )
}

/** The whole months up to the present one, as dates with the last day included. */
function spanOf(months: number, at: string): { from: string | undefined; to: string | undefined } {
  if (months === 1) return { from: undefined, to: undefined }
  const now = new Date(at)
  const day = (away: number, date: number) =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + away, date)).toISOString().slice(0, 10)
  return { from: day(-months, 1), to: day(0, 0) }
}

/** How many whole months a window is; null when it is none. */
function monthsIn({ from, to }: Cost['window']): number | null {
  const [start, end] = [new Date(from), new Date(to)]
  const isWhole = from.slice(8, 19) === '01T00:00:00' && to.slice(8, 19) === '01T00:00:00'
  return isWhole ? (end.getUTCFullYear() - start.getUTCFullYear()) * 12 + end.getUTCMonth() - start.getUTCMonth() : null
}
