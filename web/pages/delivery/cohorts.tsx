import { useSuspenseQueries } from '@tanstack/react-query'
import type { Answer } from '../../api/index.ts'
import { useAddress, useTableView } from '../../app/address.ts'
import { formatQuantity, plural } from '../../ui/figure/index.ts'
import { Section } from '../../ui/page/index.ts'
import { type Column, DataTable } from '../../ui/table/index.ts'
import { sentence, Term } from '../../ui/text/index.ts'
import { cohortAsk, COHORTS } from './asks.ts'
import classes from './delivery.module.css'

type Reading = Answer<'measure.read'>['readings'][number]

const WORDS: Record<(typeof COHORTS)[number], string> = {
  people: 'People alone',
  mixed: 'People with coding agents',
  agents: 'Coding agents alone',
  bots: 'Other programs',
}
const MEASURES = [
  { id: 'delivery.change_lead_time', head: 'Lead time' },
  { id: 'delivery.review_wait', head: 'Wait for review' },
  { id: 'delivery.change_size', head: 'Size' },
] as const

interface Cohort {
  kind: (typeof COHORTS)[number]
  readings: readonly (Reading | undefined)[]
}

const COLUMNS: readonly Column<Cohort>[] = [
  { key: 'kind', head: 'Made by', value: ({ kind }) => WORDS[kind], cell: ({ kind }) => <b>{WORDS[kind]}</b> },
  ...MEASURES.map(({ id, head }, index): Column<Cohort> => ({
    key: id,
    head,
    align: 'end',
    value: ({ readings }) => readings[index]?.value ?? null,
    cell: ({ readings }) => <Figure reading={readings[index]} />,
  })),
]

/** The same measures by who made the changes: cohorts, never one person. Left out where one cohort made all there is. */
export function Cohorts() {
  const { search } = useAddress()
  const table = useTableView('cohort')
  const answers = useSuspenseQueries({
    queries: COHORTS.flatMap((kind) => MEASURES.map(({ id }) => cohortAsk(search, id, kind))),
  })
  const cohorts = COHORTS.map((kind, index): Cohort => ({
    kind,
    readings: answers.slice(index * MEASURES.length, (index + 1) * MEASURES.length).map(({ data }) => data.readings[0]),
  })).filter(({ readings }) => readings.some((reading) => reading?.value !== null || reading?.unknown?.code === 'cohort_too_small'))
  if (cohorts.length < 2) return null
  return (
    <Section title={<Term of="cohort">By who makes the changes</Term>} note="medians; of fewer than five people or changes nothing is told">
      <DataTable caption="cohorts" rows={cohorts} columns={COLUMNS} rowKey={({ kind }) => kind} {...table} />
    </Section>
  )
}

function Figure({ reading }: { reading: Reading | undefined }) {
  if (!reading || reading.value === null)
    return (
      <span className="quiet" title={reading?.unknown ? `${sentence(reading.unknown.why)} ${reading.unknown.fix}` : undefined}>
        {reading?.unknown?.code === 'cohort_too_small' ? 'too few to tell' : 'unknown'}
      </span>
    )
  return (
    <span title={plural(reading.n, 'change')}>
      {formatQuantity(reading.value, reading.unit)} <span className={classes.n}>n&nbsp;=&nbsp;{reading.n.toLocaleString('en-GB')}</span>
    </span>
  )
}
