import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { ask } from '../../../api/index.ts'
import { formatCount, formatQuantity } from '../../../ui/figure/index.ts'
import { TextField } from '../../../ui/form/index.ts'
import { serviceIn } from './service-ref.ts'

interface IndicatorFieldProps {
  namespace: string
  service: string
  indicator: string
  onChange: (indicator: string) => void
  error: string | undefined
}

const NONE = 'Name of the samples that are sent for the service (evidence of kind sli).'

/** Which samples count, with those that came for the service on offer and how the chosen one went. */
export function IndicatorField({ namespace, service, indicator, onChange, error }: IndicatorFieldProps) {
  const ref = serviceIn(namespace, service)
  const { data } = useQuery({ ...ask('sli.list', { scope: namespace }), placeholderData: keepPreviousData })
  const own = (data?.indicators ?? []).filter((one) => one.service === ref)
  const chosen = own.find((one) => one.indicator === indicator.trim())
  return (
    <TextField
      label="Indicator"
      hint={chosen ? `In the last ${data!.days} days: ${wordsOf(chosen)}.` : own.length > 0 ? 'Which samples of the service count.' : NONE}
      value={indicator}
      onChange={onChange}
      offers={own.map((one) => ({ value: one.indicator, label: wordsOf(one) }))}
      placeholder={own[0]?.indicator ?? 'orders-answered'}
      error={error}
      advice={!chosen && indicator.trim() && data ? notSeen(indicator, own) : undefined}
      required
    />
  )
}

function wordsOf({ good, total }: { good: number; total: number }): string {
  return total === 0 ? 'no events' : `${formatQuantity(good / total, 'ratio')} good, n = ${formatCount(Math.round(total))}`
}

function notSeen(indicator: string, own: readonly { indicator: string }[]): string {
  const known = own.length > 0 ? ` Those that came are ${own.map((one) => one.indicator).join(', ')}.` : ''
  return `No sample called ${indicator.trim()} came for this service in four weeks.${known}`
}
