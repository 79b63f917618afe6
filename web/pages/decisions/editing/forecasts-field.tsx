import { ChoiceField, ListField, TextField } from '../../../ui/form/index.ts'
import { NO_LIMIT, QUANTILES } from '../../vision/editing/limits-field.tsx'
import type { Offer } from '../../vision/editing/offers.ts'
import type { ForecastDraft } from './draft.ts'

const SIDES = [
  { value: 'atMost', label: 'at most' },
  { value: 'atLeast', label: 'at least' },
]

interface ForecastsFieldProps {
  forecasts: readonly ForecastDraft[]
  onChange: (forecasts: ForecastDraft[]) => void
  measures: readonly Offer[]
  error?: string | undefined
}

/** What is expected of measures by a day, and how sure its authors are. */
export function ForecastsField({ forecasts, onChange, measures, error }: ForecastsFieldProps) {
  return (
    <ListField
      label="Expected"
      hint="What will be read by a day if this is right, and how sure you are. It is scored then, for the organisation and never for a person."
      add="Add what you expect"
      items={forecasts}
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
