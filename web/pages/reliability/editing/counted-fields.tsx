import { useQuery } from '@tanstack/react-query'
import { ask } from '../../../api/index.ts'
import { formatCount, plural } from '../../../ui/figure/index.ts'
import { ChoiceField, FieldRow, TextField } from '../../../ui/form/index.ts'
import type { Counted } from './counted.ts'
import { IndicatorField } from './indicator-field.tsx'
import { serviceIn } from './service-ref.ts'

const SOURCES = [
  { value: 'answered', label: 'calls without error, as its telemetry tells' },
  { value: 'within', label: 'calls within a time, as its telemetry tells' },
  { value: 'sent', label: 'samples that somebody sends' },
]
/** Days that operations are looked for in. */
const HOURS = 7 * 24
const SERVES = new Set(['server', 'consumer'])

interface CountedFieldsProps {
  namespace: string
  service: string
  draft: Counted
  change: (part: Partial<Counted>) => void
  errors: ReadonlyMap<string, string>
}

/** What counts as good: calls the service answers, or samples that are sent. */
export function CountedFields({ namespace, service, draft, change, errors }: CountedFieldsProps) {
  return (
    <>
      <ChoiceField
        label="What is good"
        value={draft.source}
        onChange={(source) => change({ source: source as Counted['source'] })} // one of SOURCES
        choices={SOURCES}
      />
      {draft.source === 'sent' ? (
        <IndicatorField
          namespace={namespace}
          service={service}
          indicator={draft.indicator}
          onChange={(indicator) => change({ indicator })}
          error={draft.indicator === '' ? undefined : errors.get('spec')}
        />
      ) : (
        <FieldRow>
          <OperationField
            namespace={namespace}
            service={service}
            operation={draft.operation}
            onChange={(operation) => change({ operation })}
          />
          {draft.source === 'within' && (
            <TextField
              label="Within, in milliseconds"
              value={draft.withinMs}
              onChange={(withinMs) => change({ withinMs })}
              placeholder="300"
              error={errors.get('spec.objectives.0.value') ?? errors.get('spec.objectives.0')}
              required
            />
          )}
        </FieldRow>
      )}
    </>
  )
}

/** Which calls count, with those that were seen on offer. */
function OperationField({
  namespace,
  service,
  operation,
  onChange,
}: {
  namespace: string
  service: string
  operation: string
  onChange: (operation: string) => void
}) {
  const ref = serviceIn(namespace, service)
  const { data } = useQuery({ ...ask('telemetry.service', { service: ref ?? '', hours: HOURS }), enabled: ref !== null, retry: false })
  const served = (data?.operations ?? []).filter(({ kind }) => SERVES.has(kind))
  const calls = served.reduce((sum, one) => sum + one.calls, 0)
  const isSeen = operation.trim() === '' || served.some((one) => one.operation === operation.trim()) || operation.trim().endsWith('*')
  return (
    <TextField
      label="Operation"
      hint={
        served.length > 0
          ? `Empty: all ${plural(calls, 'call')} of the last 7 days. A * at the end stands for anything.`
          : `Empty: all that it answers.${data ? ' Nothing came of it over OTLP in 7 days.' : ''}`
      }
      value={operation}
      onChange={onChange}
      offers={served.map((one) => ({ value: one.operation, label: `n = ${formatCount(one.calls)}` }))}
      placeholder={served[0]?.operation ?? 'GET /orders/{id}'}
      advice={isSeen || !data ? undefined : `No call of ${operation.trim()} came in 7 days.`}
      optional
    />
  )
}
