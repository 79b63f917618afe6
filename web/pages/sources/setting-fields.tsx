import type { Answer } from '../../api/index.ts'
import { TextField } from '../../ui/form/index.ts'
import { capitalised } from '../../ui/text/index.ts'

export type Source = Answer<'source.list'>['sources'][number]
type Secret = Source['secrets'][number]

interface Setting {
  key: string
  title: string
  hint: string
  isRequired: boolean
}

/** The settings of a kind of system, in the order its definition has them. */
export function settingsOf(source: Source): Setting[] {
  const fields = (source.settings.properties ?? {}) as Record<
    string,
    { title?: string; description?: string; type?: string; default?: unknown }
  >
  const stated = (source.settings.required ?? []) as string[]
  return Object.entries(fields).map(([key, { title = key, description, type, default: preset }]) => ({
    key,
    title,
    hint: [description, type === 'array' ? 'Several with semicolons between them.' : ''].filter(Boolean).join(' '),
    isRequired: stated.includes(key) && preset === undefined,
  }))
}

interface Values {
  values: Readonly<Record<string, string>>
  onChange: (key: string, value: string) => void
}

/** One field a setting. */
export function SettingFields({ source, values, onChange }: { source: Source } & Values) {
  return settingsOf(source).map(({ key, title, hint, isRequired }) => (
    <TextField
      key={key}
      label={title}
      hint={hint}
      value={values[key] ?? ''}
      onChange={(value) => onChange(key, value)}
      optional={!isRequired}
      required={isRequired}
    />
  ))
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
