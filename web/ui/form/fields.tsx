import { type ReactNode, useId } from 'react'
import classes from './form.module.css'

export interface FieldProps {
  label: string
  /** What to write, in a sentence or an example. */
  hint?: ReactNode
  /** What is wrong with it, and the way out. */
  error?: string | undefined
  /** What could be better; does not stop saving. */
  advice?: string | undefined
  optional?: boolean
}

interface Wiring {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': true | undefined
}

/** A labelled field with its hint and its troubles, tied together for screen readers. */
export function Field({ label, hint, error, advice, optional, children }: FieldProps & { children: (wiring: Wiring) => ReactNode }) {
  const id = useId()
  const told = [hint && `${id}-hint`, error && `${id}-error`, advice && `${id}-advice`].filter(Boolean).join(' ')
  return (
    <div className={classes.field}>
      <label htmlFor={id}>
        {label} {optional && <span className={classes.optional}>optional</span>}
      </label>
      {hint && (
        <div id={`${id}-hint`} className={classes.hint}>
          {hint}
        </div>
      )}
      {children({ id, 'aria-describedby': told || undefined, 'aria-invalid': error ? true : undefined })}
      {error && (
        <div id={`${id}-error`} className={classes.error}>
          {error}
        </div>
      )}
      {advice && !error && (
        <div id={`${id}-advice`} className={classes.advice}>
          {advice}
        </div>
      )}
    </div>
  )
}

/** Fields that are read together, side by side where there is room. */
export function FieldRow({ children }: { children: ReactNode }) {
  return <div className={classes.row}>{children}</div>
}

interface TextProps extends FieldProps {
  value: string
  onChange: (value: string) => void
  placeholder?: string
  type?: 'text' | 'date' | 'datetime-local' | 'password'
  /** Values to offer while typing. */
  offers?: readonly { value: string; label?: string }[]
  required?: boolean
  autoComplete?: string
}

export function TextField({ value, onChange, placeholder, type = 'text', offers, required, autoComplete = 'off', ...field }: TextProps) {
  return (
    <Field {...field}>
      {(wiring) => (
        <>
          <input
            {...wiring}
            className={classes.input}
            type={type}
            value={value}
            placeholder={placeholder}
            required={required}
            autoComplete={autoComplete}
            list={offers ? `${wiring.id}-offers` : undefined}
            onChange={(event) => onChange(event.target.value)}
          />
          {offers && (
            <datalist id={`${wiring.id}-offers`}>
              {offers.map((offer) => (
                <option key={offer.value} value={offer.value}>
                  {offer.label ?? offer.value}
                </option>
              ))}
            </datalist>
          )}
        </>
      )}
    </Field>
  )
}

interface AreaProps extends FieldProps {
  value: string
  onChange: (value: string) => void
  placeholder?: string
  rows?: number
}

export function AreaField({ value, onChange, placeholder, rows = 3, ...field }: AreaProps) {
  return (
    <Field {...field}>
      {(wiring) => (
        <textarea
          {...wiring}
          className={classes.input}
          rows={rows}
          value={value}
          placeholder={placeholder}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}

interface ChoiceProps extends FieldProps {
  value: string
  onChange: (value: string) => void
  choices: readonly { value: string; label: string }[]
}

export function ChoiceField({ value, onChange, choices, ...field }: ChoiceProps) {
  return (
    <Field {...field}>
      {(wiring) => (
        <select {...wiring} className={classes.input} value={value} onChange={(event) => onChange(event.target.value)}>
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}
