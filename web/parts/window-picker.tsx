import { useAddress } from '../app/address.ts'
import { daysOf, SPANS } from '../app/window.ts'
import { Pop } from '../ui/overlay/index.ts'
import { formatMoment } from '../ui/text/index.ts'
import classes from './window-picker.module.css'

/** Which span of time a page tells of; kept in the address. */
export function WindowPicker() {
  const { search, set } = useAddress()
  const own = search.from !== undefined
  return (
    <div className={classes.picker} role="group" aria-label="Span of time" data-screen-only>
      {SPANS.map(({ days, label }) => (
        <button
          key={days}
          type="button"
          aria-pressed={!own && daysOf(search) === days}
          onClick={() => set({ days: days === SPANS[0].days ? undefined : days, from: undefined, to: undefined })}
        >
          {label}
        </button>
      ))}
      <Pop button={own ? `${formatMoment(search.from ?? '')} to ${search.to ? formatMoment(search.to) : 'now'}` : 'Other…'} active={own}>
        <div className={classes.dates}>
          <label>
            From
            <input
              type="date"
              value={search.from ?? ''}
              onChange={(event) => set({ from: event.target.value || undefined, days: undefined })}
            />
          </label>
          <label>
            to, included
            <input
              type="date"
              value={search.to ?? ''}
              onChange={(event) => set({ to: event.target.value || undefined, days: undefined })}
            />
          </label>
        </div>
      </Pop>
    </div>
  )
}
