import { ListField, TextField } from '../../ui/form/index.ts'
import type { Offer } from './offers.ts'

interface RefsFieldProps {
  label: string
  hint?: string
  /** The verb on the button: "Add an outcome". */
  add: string
  items: readonly string[]
  onChange: (items: string[]) => void
  offers: readonly Offer[]
  error?: string | undefined
}

/** Several references, each offered while it is typed. */
export function RefsField({ label, offers, ...list }: RefsFieldProps) {
  return (
    <ListField label={label} {...list} fresh={() => ''}>
      {(text, set, index) => <TextField label={`${label} ${index + 1}`} value={text} onChange={set} offers={offers} />}
    </ListField>
  )
}
