import { QUANTILES } from '../../../parts/editing/limits-field.tsx'
import type { Offer } from '../../../parts/editing/offers.ts'
import { ChoiceField, ListField, TextField } from '../../../ui/form/index.ts'
import type { EffectDraft } from './draft.ts'

const NO_EFFECT: EffectDraft = { measure: '', subject: '', quantile: '', p10: '', p50: '', p90: '', by: '', kept: {} }

interface EffectsFieldProps {
  items: readonly EffectDraft[]
  onChange: (effects: EffectDraft[]) => void
  measures: readonly Offer[]
  subjects: readonly Offer[]
  error?: string | undefined
}

/** What the investment is expected to change, each with how far, from the lowest number to the highest. */
export function EffectsField({ items, onChange, measures, subjects, error }: EffectsFieldProps) {
  return (
    <ListField
      label="Expected effects"
      hint="How much a measure changes by a day. With % it is a share of its value, else in its unit: write all three one way, from the lowest number to the highest. Nine times in ten the change is above P10, half the time above P50, one time in ten above P90."
      add="Add an effect"
      items={items}
      onChange={onChange}
      fresh={() => NO_EFFECT}
      max={20}
      error={error}
    >
      {(one, set) => (
        <>
          <TextField
            label="Measure"
            value={one.measure}
            onChange={(measure) => set({ ...one, measure })}
            offers={measures}
            placeholder="delivery.change_lead_time"
          />
          <ChoiceField label="Of which" value={one.quantile} onChange={(quantile) => set({ ...one, quantile })} choices={QUANTILES} />
          <TextField
            label="Measured for"
            value={one.subject}
            onChange={(subject) => set({ ...one, subject })}
            offers={subjects}
            placeholder="as its outcome is"
          />
          <TextField label="P10" value={one.p10} onChange={(p10) => set({ ...one, p10 })} placeholder="-40%" />
          <TextField label="P50" value={one.p50} onChange={(p50) => set({ ...one, p50 })} placeholder="-25%" />
          <TextField label="P90" value={one.p90} onChange={(p90) => set({ ...one, p90 })} placeholder="-5%" />
          <TextField label="By" type="date" value={one.by} onChange={(by) => set({ ...one, by })} />
        </>
      )}
    </ListField>
  )
}
