import { ChoiceField, ListField, TextField } from '../../ui/form/index.ts'
import { listOf, quantity, recordOf, textOf } from './document.ts'
import type { Offer } from './offers.ts'

/** A measure held against a limit, as typed. */
export interface Limit {
  measure: string
  quantile: string
  side: 'atMost' | 'atLeast'
  value: string
  /** Fields of the document the form does not show. */
  kept: Record<string, unknown>
}

export const QUANTILES = [
  { value: '', label: 'its value' },
  { value: 'p50', label: 'p50, the median' },
  { value: 'p75', label: 'p75, three of four' },
  { value: 'p90', label: 'p90, nine of ten' },
]

export const SIDES = [
  { value: 'atMost', label: 'at most' },
  { value: 'atLeast', label: 'at least' },
]

export const NO_LIMIT: Limit = { measure: '', quantile: '', side: 'atMost', value: '', kept: {} }

interface LimitsFieldProps {
  label: string
  hint: string
  add: string
  items: readonly Limit[]
  onChange: (limits: Limit[]) => void
  measures: readonly Offer[]
  /** False where a measure is held to its value alone. */
  quantiles?: boolean
  error?: string | undefined
}

/** Guardrails and signals: several measures, each with its limit. */
export function LimitsField({ label, hint, add, items, onChange, measures, quantiles = true, error }: LimitsFieldProps) {
  return (
    <ListField label={label} hint={hint} add={add} items={items} onChange={onChange} fresh={() => NO_LIMIT} max={10} error={error}>
      {(limit, change) => (
        <>
          <TextField
            label="Measure"
            value={limit.measure}
            onChange={(measure) => change({ ...limit, measure })}
            offers={measures}
            placeholder="delivery.change_size"
          />
          {quantiles && (
            <ChoiceField
              label="Of which"
              value={limit.quantile}
              onChange={(quantile) => change({ ...limit, quantile })}
              choices={QUANTILES}
            />
          )}
          <ChoiceField
            label="Limit"
            value={limit.side}
            onChange={(side) => change({ ...limit, side: side === 'atLeast' ? 'atLeast' : 'atMost' })}
            choices={SIDES}
          />
          <TextField label="Value" value={limit.value} onChange={(value) => change({ ...limit, value })} placeholder="400, 36h, 10%" />
        </>
      )}
    </ListField>
  )
}

export function limitsOf(spec: unknown): Limit[] {
  return listOf(spec).map((item) => {
    const { measure, quantile, atMost, atLeast, ...kept } = recordOf(item)
    return {
      measure: textOf(measure),
      quantile: textOf(quantile),
      side: atLeast === undefined ? 'atMost' : 'atLeast',
      value: textOf(atLeast ?? atMost),
      kept,
    }
  })
}

export function limitsWritten(limits: readonly Limit[]): Record<string, unknown>[] {
  return limits
    .filter((limit) => limit.measure || limit.value)
    .map((limit) => ({
      measure: limit.measure,
      ...(limit.quantile ? { quantile: limit.quantile } : {}),
      ...(limit.value.trim() ? { [limit.side]: quantity(limit.value) } : {}),
      ...limit.kept,
    }))
}

/** All troubles below one field of the document, joined. */
export function troublesUnder(told: ReadonlyMap<string, string>, path: string): string | undefined {
  const found = [...told].filter(([at]) => at === path || at.startsWith(`${path}.`)).map(([, message]) => message)
  return found.length > 0 ? [...new Set(found)].join(' ') : undefined
}
