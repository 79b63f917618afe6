import { ChoiceField, ListField, TextField } from '../../ui/form/index.ts'
import { quantity, textOf } from './document.ts'
import { type Limit, limitsOf, limitsWritten, NO_LIMIT, QUANTILES, SIDES } from './limits-field.tsx'
import type { Offer } from './offers.ts'

/** A forecast as typed: a limit, its day and how sure its authors are, in per cent. */
export interface ForecastDraft extends Limit {
  by: string
  sure: string
}

interface ForecastsFieldProps {
  items: readonly ForecastDraft[]
  onChange: (forecasts: ForecastDraft[]) => void
  measures: readonly Offer[]
  error?: string | undefined
}

/** What is expected of measures by a day, and how sure its authors are. */
export function ForecastsField({ items, onChange, measures, error }: ForecastsFieldProps) {
  return (
    <ListField
      label="Expected"
      hint="What will be read by a day if this is right, and how sure you are. It is scored then, for the organisation and never for a person."
      add="Add what you expect"
      items={items}
      onChange={onChange}
      fresh={(): ForecastDraft => ({ ...NO_LIMIT, by: '', sure: '' })}
      max={20}
      error={error}
    >
      {(one, set) => (
        <>
          <TextField label="Measure" value={one.measure} onChange={(measure) => set({ ...one, measure })} offers={measures} />
          <ChoiceField label="Of which" value={one.quantile} onChange={(quantile) => set({ ...one, quantile })} choices={QUANTILES} />
          <ChoiceField
            label="Limit"
            value={one.side}
            onChange={(side) => set({ ...one, side: side === 'atLeast' ? 'atLeast' : 'atMost' })}
            choices={SIDES}
          />
          <TextField label="Value" value={one.value} onChange={(value) => set({ ...one, value })} placeholder="400, 36h, 10%" />
          <TextField label="By" type="date" value={one.by} onChange={(by) => set({ ...one, by })} />
          <TextField label="How sure, in per cent" value={one.sure} onChange={(sure) => set({ ...one, sure })} placeholder="70" />
        </>
      )}
    </ListField>
  )
}

export function forecastsOf(spec: unknown): ForecastDraft[] {
  return limitsOf(spec).map(({ kept: { by, probability, ...kept }, ...limit }) => ({
    ...limit,
    kept,
    by: textOf(by),
    sure: typeof probability === 'number' ? String(Math.round(probability * 1000) / 10) : '',
  }))
}

export function forecastsWritten(forecasts: readonly ForecastDraft[]): Record<string, unknown>[] {
  return forecasts.flatMap(({ by, sure, ...limit }) =>
    limitsWritten([limit]).map((stated) => {
      const probability = quantity(sure.replace(/%\s*$/, ''))
      return { ...stated, by, probability: typeof probability === 'number' ? probability / 100 : probability }
    }),
  )
}
