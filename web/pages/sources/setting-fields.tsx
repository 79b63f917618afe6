import type { Answer } from '../../api/index.ts'
import { AreaField, ChoiceField, TextField } from '../../ui/form/index.ts'
import { capitalised } from '../../ui/text/index.ts'

export type Source = Answer<'source.list'>['sources'][number]
type Secret = Source['secrets'][number]

interface Setting {
  key: string
  title: string
  hint: string
  isRequired: boolean
  /** A statement or queries, which take more than a line. */
  isLong: boolean
  /** What holds where nothing is given. */
  preset: string
  choices: readonly string[] | undefined
}

/** From so many characters on a value is written in several lines. */
const LONG = 4_000

/** The settings of a kind of system, in the order its definition has them. */
export function settingsOf(source: Source): Setting[] {
  const fields = (source.settings.properties ?? {}) as Record<
    string,
    {
      title?: string
      description?: string
      type?: string
      default?: string | number | string[]
      enum?: string[]
      maxLength?: number
      items?: { maxLength?: number }
    }
  >
  const stated = (source.settings.required ?? []) as string[]
  return Object.entries(fields).map(([key, { title = key, description, type, default: preset, enum: choices, maxLength, items }]) => ({
    key,
    title,
    hint: [description, type === 'array' ? 'Several with semicolons between them.' : ''].filter(Boolean).join(' '),
    isRequired: stated.includes(key) && preset === undefined,
    preset: Array.isArray(preset) ? preset.join('; ') : String(preset ?? ''),
    choices,
    isLong: Math.max(maxLength ?? 0, items?.maxLength ?? 0) >= LONG,
  }))
}

interface Values {
  values: Readonly<Record<string, string>>
  onChange: (key: string, value: string) => void
}

/** One field a setting. */
export function SettingFields({ source, values, onChange }: { source: Source } & Values) {
  return settingsOf(source).map(({ key, title, hint, isRequired, isLong, preset, choices }) => {
    const field = { label: title, hint, value: values[key] ?? '', onChange: (value: string) => onChange(key, value) }
    if (choices) {
      const all = choices.map((choice) => ({ value: choice, label: choice }))
      return <ChoiceField key={key} {...field} value={values[key] || preset} choices={all} />
    }
    if (isLong) return <AreaField key={key} {...field} rows={5} placeholder={preset} optional={!isRequired} />
    return <TextField key={key} {...field} placeholder={preset} optional={!isRequired} required={isRequired} />
  })
}

/** Secrets the other side makes; what is kept is never shown. */
export function SecretFields({
  secrets,
  hint,
  values,
  onChange,
  optional,
}: { secrets: readonly Secret[]; hint: string; optional?: boolean } & Values) {
  return secrets.map((secret) => (
    <TextField
      key={secret.name}
      label={capitalised(secret.label)}
      type="password"
      autoComplete="new-password"
      hint={hint}
      value={values[secret.name] ?? ''}
      onChange={(value) => onChange(secret.name, value)}
      optional={optional ?? secret.optional}
    />
  ))
}
