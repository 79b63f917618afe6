import { useId } from 'react'
import type { Portfolio } from './asks.ts'
import classes from './investments.module.css'
import type { Limits } from './use-portfolio.ts'
import { money } from './words.ts'

/** What there is to spend: moved, and answered on the spot. */
export function LimitSliders({
  limits,
  most,
  outcomes,
  set,
}: {
  limits: Limits
  most: { peopleWeeks: number; money: number; currency: string | null }
  outcomes: Portfolio['outcomes']
  set: (part: Partial<Limits>) => void
}) {
  const floored = limits.floor.split(',').filter(Boolean)
  return (
    <div className={classes.limits} data-screen-only>
      <Slider
        label="People-weeks"
        value={limits.peopleWeeks}
        most={most.peopleWeeks}
        step={1}
        words={`${limits.peopleWeeks} of ${most.peopleWeeks}`}
        onChange={(peopleWeeks) => set({ peopleWeeks })}
      />
      {most.money > 0 && (
        <Slider
          label="Money"
          value={limits.money}
          most={most.money}
          step={Math.max(1, 10 ** (Math.floor(Math.log10(most.money)) - 2))}
          words={`${money(limits.money, null)} of ${money(most.money, most.currency)}`}
          onChange={(amount) => set({ money: amount })}
        />
      )}
      {outcomes.length > 0 && (
        <fieldset className={classes.floors}>
          <legend>At least one investment for</legend>
          {outcomes.map(({ ref, title }) => (
            <label key={ref}>
              <input
                type="checkbox"
                checked={floored.includes(ref)}
                onChange={(event) =>
                  set({ floor: (event.target.checked ? [...floored, ref] : floored.filter((one) => one !== ref)).join(',') })
                }
              />{' '}
              {title}
            </label>
          ))}
        </fieldset>
      )}
    </div>
  )
}

function Slider({
  label,
  value,
  most,
  step,
  words,
  onChange,
}: {
  label: string
  value: number
  most: number
  step: number
  words: string
  onChange: (value: number) => void
}) {
  const id = useId()
  return (
    <div className={classes.slider}>
      <label htmlFor={id}>
        {label} <b>{words}</b>
      </label>
      <input
        id={id}
        type="range"
        min={0}
        max={Math.ceil(most / step) * step}
        step={step}
        value={Math.min(value, Math.ceil(most / step) * step)}
        aria-valuetext={words}
        onChange={(event) => onChange(Number(event.target.value))}
      />
    </div>
  )
}
