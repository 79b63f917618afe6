import { ListField, TextField } from '../../ui/form/index.ts'
import type { Offer } from './offers.ts'

interface RefsFieldProps {
  label: string
  /** What one of them is called, where it is not the label. */
  one?: string
  hint?: string
  /** The verb on the button: "Add an outcome". */
  add: string
  items: readonly string[]
  onChange: (items: string[]) => void
  offers: readonly Offer[]
  placeholder?: string
  max?: number
  error?: string | undefined
}

/** Several references, each offered while it is typed. */
export function RefsField({ label, one = label, offers, placeholder, ...list }: RefsFieldProps) {
  return (
    <ListField label={label} {...list} fresh={() => ''}>
      {(text, set, index) => (
        <TextField label={`${one} ${index + 1}`} value={text} onChange={set} offers={offers} placeholder={placeholder} />
      )}
    </ListField>
  )
}
