import { IconHistory } from '@tabler/icons-react'
import { useState } from 'react'
import { Button } from '../../ui/form/index.ts'
import { Pop, useClosePop } from '../../ui/overlay/index.ts'
import { formatMoment } from '../../ui/text/index.ts'
import { useAddress } from '../address.ts'
import classes from './as-of.module.css'
import tools from './header.module.css'

const DAY = 86_400_000
const JUMPS = [
  { label: 'A week ago', days: 7 },
  { label: 'A month ago', days: 30 },
  { label: 'A quarter ago', days: 91 },
]

/** Shows every page as it would have been on an earlier day, from what was known by the end of it. */
export function AsOfControl() {
  const { standpoint } = useAddress()
  const shown = (
    <>
      <IconHistory size={20} aria-hidden />
      <span className={tools.toolLabel}>{standpoint.asOf ? formatMoment(standpoint.asOf) : 'Now'}</span>
      <span className="visually-hidden">: choose the day to look from</span>
    </>
  )
  return (
    <Pop
      button={shown}
      buttonClass={tools.tool}
      buttonTitle="See every page as it was known on an earlier day"
      active={standpoint.asOf !== undefined}
    >
      <DayChoice />
    </Pop>
  )
}

function DayChoice() {
  const { standpoint, set } = useAddress()
  const close = useClosePop()
  const [now] = useState(Date.now)
  const choose = (day: string | undefined) => {
    set({ asOf: day }, { push: true })
    close()
  }
  return (
    <div className={classes.asOf}>
      <label htmlFor="as-of-day">As it was known on</label>
      <input
        id="as-of-day"
        type="date"
        max={isoDay(now)}
        defaultValue={standpoint.asOf?.slice(0, 10)}
        onChange={(event) => event.target.value > '2000' && choose(event.target.value)}
      />
      <div className={classes.jumps}>
        {JUMPS.map((jump) => (
          <Button key={jump.days} look="quiet" onClick={() => choose(isoDay(now - jump.days * DAY))}>
            {jump.label}
          </Button>
        ))}
        {standpoint.asOf && (
          <Button look="primary" onClick={() => choose(undefined)}>
            Now
          </Button>
        )}
      </div>
    </div>
  )
}

/** Says that the page shows the past, so that nobody mistakes it for the present. */
export function AsOfNotice() {
  const { standpoint, set } = useAddress()
  if (!standpoint.asOf) return null
  return (
    <p className={classes.notice} role="status">
      <IconHistory size={16} aria-hidden />
      <span>As it was known on {formatMoment(standpoint.asOf)}. What was learned later is left out.</span>
      <Button look="quiet" onClick={() => set({ asOf: undefined }, { push: true })}>
        Back to now
      </Button>
    </p>
  )
}

function isoDay(at: number): string {
  return new Date(at).toISOString().slice(0, 10)
}
