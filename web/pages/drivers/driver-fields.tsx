import { ChoiceField, FieldRow, TextField } from '../../ui/form/index.ts'
import type { StatedDriver } from './use-edit.ts'

/** What is said of a driver, as it is typed. */
export interface Said {
  direction: '' | 'same' | 'opposite'
  lag: string
}

const DIRECTIONS = [
  { value: '', label: 'not said: either' },
  { value: 'same', label: 'same: both up, both down' },
  { value: 'opposite', label: 'opposite: one up, the other down' },
]

const LAG = /^\d+(?:\.\d+)?\s*[smhdw]$/

/** Why a lag cannot be read, or nothing. */
export function lagTrouble(lag: string): string | undefined {
  return lag.trim() === '' || LAG.test(lag.trim()) ? undefined : 'Write a length of time, such as 14d or 2w.'
}

export function statedOf(measure: string, { direction, lag }: Said): StatedDriver {
  return { measure, ...(direction ? { direction } : {}), ...(lag.trim() ? { lag: lag.trim() } : {}) }
}

/** Direction and lag of a driver. */
export function DriverFields({ said, onChange }: { said: Said; onChange: (said: Said) => void }) {
  return (
    <FieldRow>
      <ChoiceField
        label="Direction"
        hint="How the two should move."
        value={said.direction}
        onChange={(direction) => onChange({ ...said, direction: direction as Said['direction'] })} // one of the choices
        choices={DIRECTIONS}
      />
      <TextField
        label="Lag"
        hint="How long after the driver."
        value={said.lag}
        onChange={(lag) => onChange({ ...said, lag })}
        placeholder="14d"
        error={lagTrouble(said.lag)}
        optional
      />
    </FieldRow>
  )
}
