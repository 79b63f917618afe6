import type { Answer } from '../../api/index.ts'
import { Go, GoTo } from '../../app/go.tsx'
import { urls } from '../../app/urls.ts'
import { type Part, StackedBar } from '../../ui/chart/index.ts'
import { plural } from '../../ui/figure/index.ts'
import { Section } from '../../ui/page/index.ts'
import { formatDays, Term } from '../../ui/text/index.ts'

type Work = NonNullable<Answer<'monday'>['work']>

/** Where a week of work went: one bar, the unlinked part shown for what it is. */
export function WorkBar({ work }: { work: Work }) {
  const parts = work.parts.map((part): Part => ({
    key: part.ref ?? part.kind,
    label: part.ref ? <GoTo id={part.ref}>{part.title}</GoTo> : <Term of={part.kind}>{part.title}</Term>,
    share: part.share,
    detail: plural(part.n, 'change'),
    unexplained: part.kind === 'unlinked',
  }))
  const unlinked = work.parts.find((part) => part.kind === 'unlinked')
  return (
    <Section
      title="Where last week’s work went"
      note={`${formatDays(work)}, ${plural(work.n, 'change')}`}
      actions={<Go to={urls.work()}>Over time and against the plan</Go>}
    >
      {work.n === 0 ? (
        <p className="quiet">No work was recorded that week.</p>
      ) : (
        <StackedBar parts={parts} label="Last week’s work by what it serves" />
      )}
      {unlinked && unlinked.n > 0 && (
        <p className="quiet small">
          Unlinked work names no outcome.{' '}
          <Go to={urls.evidence()} search={{ tab: 'suggestions' }}>
            Accept suggested links
          </Go>
          , or write <code>Serves: outcome</code> in the commit.
        </p>
      )}
    </Section>
  )
}
