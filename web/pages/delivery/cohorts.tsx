import { type Answer, useLoaded } from '../../api/index.ts'
import { useAddress, useTableView } from '../../app/address.ts'
import { formatQuantity, plural } from '../../ui/figure/index.ts'
import { Section } from '../../ui/page/index.ts'
import { type Column, DataTable } from '../../ui/table/index.ts'
import { sentence, Term } from '../../ui/text/index.ts'
import { cohortsAsk } from './asks.ts'
import classes from './delivery.module.css'

type Cohort = Answer<'delivery.cohorts'>['cohorts'][number]
type Reading = Cohort['readings'][number]

const WORDS: Record<Cohort['kind'], string> = {
  people: 'People alone',
  mixed: 'People with coding agents',
  agents: 'Coding agents alone',
  bots: 'Other programs',
}
/** Of the measures, in the order they come. */
const HEADS = [
  { key: 'lead_time', head: 'Lead time' },
  { key: 'review_wait', head: 'Wait for review' },
  { key: 'size', head: 'Size' },
]

const COLUMNS: readonly Column<Cohort>[] = [
  { key: 'kind', head: 'Made by', value: ({ kind }) => WORDS[kind], cell: ({ kind }) => <b>{WORDS[kind]}</b> },
  ...HEADS.map(({ key, head }, index): Column<Cohort> => ({
    key,
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
  const cohorts = useLoaded(cohortsAsk(search)).cohorts.filter(({ readings }) =>
    readings.some(({ value, unknown }) => value !== null || unknown?.code === 'cohort_too_small'),
  )
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
