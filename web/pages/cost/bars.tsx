import { Go } from '../../app/go.tsx'
import { partsOf, urls } from '../../app/urls.ts'
import { type Bar, BarList } from '../../ui/chart/index.ts'
import { formatQuantity } from '../../ui/figure/index.ts'
import { Section } from '../../ui/page/index.ts'
import type { Cost } from './asks.ts'

/** Bars drawn at most; the rest is one. */
const DRAWN = 12

const TITLES = { component: 'By component', team: 'By team', customer: 'By customer', service: 'By service' }
const NAMELESS = { component: 'Unallocated', team: 'Unallocated', customer: 'No customer named', service: 'No service named' }

/** Who causes how much, the dearest first; what nobody claims is hatched. */
export function Bars({ cost: { rows, unallocated, currency, by } }: { cost: Cost }) {
  const unit = currency ?? ''
  const drawn = rows.slice(0, rows.length > DRAWN + 1 ? DRAWN : rows.length)
  const rest = rows.slice(drawn.length)
  const other = rest.reduce((sum, row) => ({ amount: sum.amount + row.amount, share: sum.share + row.share }), { amount: 0, share: 0 })
  const bar = (key: string, label: Bar['label'], amount: number, share: number): Bar => ({
    key,
    label,
    value: amount,
    words: formatQuantity(amount, unit),
    detail: `(${formatQuantity(share, 'ratio')})`,
  })
  const bars: Bar[] = [
    ...drawn.map((row) => bar(row.key, <Name row={row} />, row.amount, row.share)),
    ...(rest.length > 0 ? [bar('rest', `${rest.length} others`, other.amount, other.share)] : []),
    ...(unallocated.lines > 0 ? [{ ...bar('unallocated', NAMELESS[by], unallocated.amount, unallocated.share), unexplained: true }] : []),
  ]
  return (
    <Section title={TITLES[by]}>
      <BarList
        title={`Cost ${TITLES[by].toLowerCase()}`}
        bars={bars}
        twin={{
          heads: [by, 'amount', 'currency', 'share', 'before', 'lines'],
          rows: [
            ...rows.map((row) => [row.key, row.amount, unit, Number(row.share.toFixed(4)), row.before, row.lines]),
            ['unallocated', unallocated.amount, unit, Number(unallocated.share.toFixed(4)), null, unallocated.lines],
          ],
        }}
      />
    </Section>
  )
}

/** A thing of the catalogue opens its page. */
export function Name({ row, className }: { row: Cost['rows'][number]; className?: string }) {
  return partsOf(row.key) ? (
    <Go to={urls.entity(row.key)} title={row.key} {...(className ? { className } : {})}>
      {row.title}
    </Go>
  ) : (
    <>{row.title}</>
  )
}
