import { type Answer, useLoaded } from '../../api/index.ts'
import { useAddress } from '../../app/address.ts'
import { Go, shortName } from '../../app/go.tsx'
import { urls } from '../../app/urls.ts'
import { KindOf } from '../../parts/kind-of.tsx'
import { EmptyState } from '../../ui/feedback/index.ts'
import { plural } from '../../ui/figure/index.ts'
import { Page, Section } from '../../ui/page/index.ts'
import { FilterField, found } from '../../ui/table/index.ts'
import { capitalised } from '../../ui/text/index.ts'
import { overviewAsk } from './asks.ts'
import { ChangeWords } from './change-words.tsx'
import { Group } from './group.tsx'
import classes from './measures.module.css'

type Overview = Answer<'measure.overview'>

export default function MeasuresPage() {
  const { search, set } = useAddress()
  const overview = useLoaded(overviewAsk(search))
  const shown = found(overview.measures, ({ id, title, question }) => `${id} ${title} ${question}`, search.find)
  const groups = [...Map.groupBy(shown, ({ group }) => group)].sort(
    ([one], [other]) => Number(one === REST) - Number(other === REST) || (one < other ? -1 : 1),
  )
  return (
    <Page title="Measures" asks="What do we measure, and what has changed?" answer={<p>{answer(overview)}</p>}>
      <Changed changes={overview.changes} />
      {overview.measures.length > 0 && overview.measures.every(({ latest }) => latest === null) && (
        <p className={classes.nothing}>
          Nothing has told of any of them yet. <Go to={urls.sources()}>Connect a system, or import a file</Go>; each measure says what it
          rests on.
        </p>
      )}
      <div className={classes.find} data-screen-only>
        <FilterField label="Filter measures" words={search.find ?? ''} onWords={(find) => set({ find: find || undefined })} />
      </div>
      {groups.map(([group, measures]) => (
        <Group key={group} name={group} title={GROUPS[group] ?? capitalised(group.replaceAll('_', ' '))} measures={measures} />
      ))}
      {shown.length === 0 &&
        (overview.measures.length === 0 ? (
          <EmptyState
            title="No measures yet"
            why="What is measured of delivery, reliability, cost and customers would be listed here, known or not. Measures of your own are declared in a file, or simply sent in."
            command="throughline import measurements.csv"
          />
        ) : (
          <p className="quiet">Nothing matches “{search.find}”.</p>
        ))}
    </Page>
  )
}

/** Of those without a part before the dot; they come last. */
const REST = 'other'

/** What the parts before the dot are called. */
const GROUPS: Record<string, string> = {
  catalog: 'Catalogue',
  work: 'Work on the code',
  [REST]: 'Without a group',
}

/** "22 measures: 18 known, 4 unknown; 1 changed level in the last four weeks: Wait for review, for the better." */
function answer({ measures, changes }: Overview): string {
  const known = measures.filter(({ latest }) => latest !== null).length
  const unknown = measures.length - known
  const counts = `${plural(measures.length, 'measure')}: ${known} known${unknown > 0 ? `, ${unknown} unknown` : ''}`
  const changed = [...new Set(changes.map(({ measure }) => measure))]
  if (changed.length === 0) return `${counts}; none changed level in the last four weeks.`
  const worst = changes[0]!
  const first = `${worst.title}${worst.effect ? `, for the ${worst.effect}` : ''}`
  return `${counts}; ${changed.length} changed level in the last four weeks${changed.length > 1 ? ', first of all' : ':'} ${first}.`
}

/** Changes of level lately, worst first; noise is not listed. */
function Changed({ changes }: { changes: Overview['changes'] }) {
  const { scope } = useAddress().standpoint
  if (changes.length === 0) return null
  return (
    <Section
      title="Changed lately"
      note="worst first; what stands around a change need not be its cause"
      actions={
        <>
          <Go to={urls.alerts()}>Who is told</Go>
          <a href={`/api/feeds/changes.atom${scope ? `?scope=${scope}` : ''}`} type="application/atom+xml">
            Feed of those that matter
          </a>
        </>
      }
    >
      <ul className={classes.changed}>
        {changes.map((change) => (
          <li key={`${change.measure} ${change.subject} ${change.at}`}>
            <Go
              to={urls.measure(change.measure)}
              search={{ subject: change.subject.startsWith('namespace:') ? undefined : change.subject, grain: change.step }}
            >
              {change.title}
            </Go>
            {!change.subject.startsWith('namespace:') && (
              <>
                {' '}
                of {shortName(change.subject)}
                <KindOf subject={change.subject} />
              </>
            )}
            : changed <ChangeWords change={change} unit={change.unit} around={change.around} />
          </li>
        ))}
      </ul>
    </Section>
  )
}
