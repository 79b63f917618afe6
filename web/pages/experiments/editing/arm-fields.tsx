import type { Offer } from '../../../parts/editing/offers.ts'
import { FieldRow, TextField } from '../../../ui/form/index.ts'
import type { ArmDraft } from './draft.ts'

interface ArmFieldsProps {
  /** "Control" or "Treatment". */
  name: string
  placeholder: string
  value: ArmDraft
  onChange: (arm: ArmDraft) => void
  subjects: readonly Offer[]
  error?: string | undefined
}

/** Which records of the measure belong to one arm. */
export function ArmFields({ name, placeholder, value, onChange, subjects, error }: ArmFieldsProps) {
  return (
    <FieldRow>
      <TextField
        label={`${name}: records with`}
        hint="What the records carry, as name = value; several with commas."
        value={value.where}
        onChange={(where) => onChange({ ...value, where })}
        placeholder={placeholder}
        error={error}
        optional
      />
      <TextField
        label={`${name}: records of`}
        hint="Everything when left empty."
        value={value.subject}
        onChange={(subject) => onChange({ ...value, subject })}
        offers={subjects}
        optional
      />
    </FieldRow>
  )
}
