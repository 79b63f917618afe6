import type { Answer } from '../../api/index.ts'
import { shortName } from '../../app/go.tsx'
import { type HeatCell, HeatTable } from '../../ui/chart/index.ts'
import { plural } from '../../ui/figure/index.ts'
import { Section } from '../../ui/page/index.ts'

type History = Answer<'principle'>['history']
type State = History['subjects'][number]['states'][number]

/** More rows are in the table. */
const MOST_ROWS = 20

const SHADE: Record<State, number | null> = { broken: 1, excepted: 0.4, held: 0.05, unknown: null }

/** How a principle was lived month by month: teams first, then what breaks it, worst first. */
export function Lived({ history }: { history: History }) {
  const { periods, teams, subjects } = history
  const rows = [
    ...teams.map(({ team, ...line }) => ({ key: team, label: shortName(team), size: 'team', ...line })),
    ...subjects.map(({ subject, ...line }) => ({
      key: subject,
      label: subject.startsWith('namespace:') ? 'Everything here' : shortName(subject),
      size: subject.split(':')[0] ?? '',
      ...line,
    })),
  ].filter(({ states }) => states.some((state) => state !== 'unknown'))
  if (rows.length === 0) return null
  const months = periods.map(({ from }) => MONTH.format(new Date(from)))
  return (
    <Section
      title="How it was lived"
      note={`by month, the present one so far; ${plural(rows.length, 'row')}${rows.length > MOST_ROWS ? `, the worst ${MOST_ROWS} shown` : ''}`}
    >
      <HeatTable
        title="How the principle was lived, by month"
        rowHead="Who"
        sizeHead="What"
        columns={months}
        rows={rows.slice(0, MOST_ROWS).map(({ key, label, size, states }) => ({ key, label, size, cells: states.map(cellOf) }))}
        twin={{
          heads: ['who', 'what', ...months, 'since'],
          rows: rows.map(({ label, size, states, since }) => [label, size, ...states, since?.at.slice(0, 10) ?? null]),
        }}
      />
    </Section>
  )
}

function cellOf(state: State): HeatCell {
  return { share: SHADE[state], text: state, hint: state === 'unknown' ? 'too few records to tell' : state }
}

const MONTH = new Intl.DateTimeFormat('en-GB', { month: 'short', year: '2-digit', timeZone: 'UTC' })
