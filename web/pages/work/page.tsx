import { Suspense } from 'react'
import { useLoaded } from '../../api/index.ts'
import { useAddress } from '../../app/address.ts'
import { Go, GoTo } from '../../app/go.tsx'
import { urls } from '../../app/urls.ts'
import { useMeanwhile } from '../../parts/meanwhile.tsx'
import { WindowPicker } from '../../parts/window-picker.tsx'
import { ChartFrame, type Part, StackedBar, StackedSeries } from '../../ui/chart/index.ts'
import { EmptyState, Waiting } from '../../ui/feedback/index.ts'
import { plural, unbroken } from '../../ui/figure/index.ts'
import { Page, Section } from '../../ui/page/index.ts'
import { formatDays, Term } from '../../ui/text/index.ts'
import { overTimeAsk, workAsk } from './asks.ts'
import { Flow } from './flow.tsx'
import { partsOf, percent, type Work } from './parts.ts'
import { PartPanel } from './part-panel.tsx'
import { PartTable } from './part-table.tsx'
import classes from './work.module.css'

export default function WorkPage() {
  const { search } = useAddress()
  const work = useLoaded(workAsk(search))
  return (
    <Page
      title="Work"
      asks={`Where does work go, and is that where we meant it to go? ${formatDays(work.window)}.`}
      answer={<p>{unbroken(work.headline)}</p>}
      actions={<WindowPicker />}
    >
      {work.n === 0 ? (
        <EmptyState
          title="No work in this span"
          why="Merged changes and commits are counted by the outcome they lead up to; what serves none is shown for what it is."
          command="throughline scan path/to/repository"
        />
      ) : (
        <Parts work={work} />
      )}
      <Suspense fallback={<Waiting height="18rem" gap="1.5rem" />}>
        <OverTime />
      </Suspense>
      <Unlinked work={work} />
      <Suspense fallback={<Waiting height="18rem" gap="1.5rem" />}>
        <Flow />
      </Suspense>
    </Page>
  )
}

/** The whole as one bar, then each part with what stands behind it. */
function Parts({ work }: { work: Work }) {
  const { search, set } = useAddress()
  const parts = partsOf(work)
  const open = parts.find(({ key }) => key === search.part)
  const bar = parts
    .filter(({ share }) => share.count > 0)
    .map((part): Part => ({
      key: part.key,
      label: part.ref ? <GoTo id={part.ref}>{part.title}</GoTo> : <Term of={part.key}>{part.title}</Term>,
      share: part.share.share ?? 0,
      unexplained: part.key === 'unlinked',
    }))
  const twin = {
    heads: ['what for', 'share', 'changes', 'people-weeks', 'planned', 'share before'],
    rows: parts.map(({ title, share, planned }) => [
      title,
      share.share === null ? null : percent(share.share),
      Math.round(share.count * 10) / 10,
      share.peopleWeeks === null ? null : Math.round(share.peopleWeeks * 10) / 10,
      planned === null ? null : percent(planned),
      share.before === null ? null : percent(share.before.share),
    ]),
  }
  return (
    <Section
      title="What it was for"
      note={`${plural(work.n, 'change')}; before: ${formatDays(work.before)}, ${plural(work.before.n, 'change')}`}
    >
      <ChartFrame title="Work by what it serves" untitled twin={twin}>
        <StackedBar parts={bar} label="Work by what it serves" />
      </ChartFrame>
      <div className={classes.below}>
        <PartTable parts={parts} />
      </div>
      <Notes work={work} />
      {open && <PartPanel part={open} onClose={() => set({ part: undefined })} />}
    </Section>
  )
}

/** What a careful reader wants to know beside the figures. */
function Notes({ work: { plan, people, excluded } }: { work: Work }) {
  return (
    <div className={classes.notes}>
      {plan.why && (
        <p className="quiet small">
          {plan.why} {plan.fix}
        </p>
      )}
      {plan.without.length > 0 && (
        <p className="small">
          Planned and not worked on:{' '}
          {plan.without.map(({ ref, title, planned }, index) => (
            <span key={ref}>
              {index > 0 && ', '}
              <GoTo id={ref}>{title}</GoTo> ({percent(planned)})
            </span>
          ))}
          .
        </p>
      )}
      <p className="quiet small">
        <Term of="people-week">People-weeks</Term>:{' '}
        {people.weeks === null ? people.why : `${Math.round(people.weeks)} in all; parts of fewer than five people are not shown.`}
        {people.notKnown > 0 && ` Of ${plural(people.notKnown, 'change')} nobody says who made them.`}
        {excluded.length > 0 &&
          ` Left out: ${excluded.map(({ code, count }) => `${count} ${WORDS[code] ?? code.replaceAll('_', ' ')}`).join(', ')}.`}
      </p>
    </div>
  )
}

const WORDS: Record<string, string> = { bot: 'by programs', merge_commit: 'that only join branches' }

const SERIES = [
  { key: 'outcomes', label: 'Outcomes' },
  { key: 'upkeep', label: 'Upkeep' },
  { key: 'incidents', label: 'Incidents and fixes' },
  { key: 'unlinked', label: 'Unlinked', unexplained: true },
] as const

function OverTime() {
  const { search } = useAddress()
  const { buckets } = useLoaded(overTimeAsk(search))
  const { events, meanwhile } = useMeanwhile(buckets)
  if (buckets.every(({ n }) => n === 0)) return null
  const spans = buckets.map(({ from, to, parts }) => {
    const count = (of: (key: string) => boolean) => parts.reduce((sum, part) => sum + (of(part.key) ? part.count : 0), 0)
    return { from, to, values: [count((key) => key.includes(':')), ...SERIES.slice(1).map(({ key }) => count((one) => one === key))] }
  })
  return (
    <Section title="Over time" note="the first and last bar may be of a shorter span">
      <StackedSeries title="Changes by what they serve" untitled parts={SERIES} spans={spans} counts="changes" events={events} />
      {meanwhile}
    </Section>
  )
}

/** What serves nothing that is written down, and how to link it. */
function Unlinked({ work }: { work: Work }) {
  const { search } = useAddress()
  if (work.unlinked.count === 0) return null
  return (
    <Section title={<Term of="unlinked">Unlinked work</Term>}>
      <p>
        <Go to="." search={{ ...search, part: 'unlinked' }} resetScroll={false}>
          {plural(work.unlinked.count, 'change')}
        </Go>{' '}
        name no outcome, no incident and no upkeep.{' '}
        {work.suggestions > 0 ? (
          <>
            <Go to={urls.evidence()} search={{ ...(search.scope ? { scope: search.scope } : {}), tab: 'suggestions' }}>
              Answer {plural(work.suggestions, 'suggested link')}
            </Go>
            , or write
          </>
        ) : (
          'Write'
        )}{' '}
        <code>Serves: outcome</code> in the commit, or the key of a work item that serves one.
      </p>
    </Section>
  )
}
