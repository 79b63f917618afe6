import { type Answer, server, useLoaded } from '../../api/index.ts'
import { useAddress } from '../../app/address.ts'
import { Go, GoTo } from '../../app/go.tsx'
import { PageTabs } from '../../app/page-tabs.tsx'
import { momentOf } from '../../app/search.ts'
import { urls } from '../../app/urls.ts'
import { Corrections } from '../../parts/corrections.tsx'
import { GroundedClaim } from '../../parts/grounds.tsx'
import { sectionsOf, SheetActions } from '../../parts/told.tsx'
import { type Part, StackedBar } from '../../ui/chart/index.ts'
import { plural } from '../../ui/figure/index.ts'
import { Page } from '../../ui/page/index.ts'
import { Term, When } from '../../ui/text/index.ts'
import { SPANS, storyAsk, weeksOf } from './asks.ts'
import { OutcomePart } from './outcome-part.tsx'
import classes from './story.module.css'

type Story = Answer<'story'>

export default function StoryPage() {
  const { search, standpoint } = useAddress()
  const story = useLoaded(storyAsk(search))
  const [headline] = story.claims
  const sections = sectionsOf(story)
  const own = sections.slice(0, Math.min(story.outcomes.length, PARTS))
  return (
    <Page
      title="Story"
      asks="What did the work move, what did it cost, what did we learn?"
      actions={<SheetActions markdown={() => server.call('story', { ...momentOf(search), weeks: weeksOf(search), format: 'md' })} />}
    >
      <PageTabs label="Span of time" name="weeks" tabs={SPANS} to={urls.story()} />
      {standpoint.asOf && <Corrections of="story" ask={{ weeks: weeksOf(search) }} />}
      <div className={classes.sheet}>
        <p className={classes.stamp}>
          {standpoint.scope === 'example' ? 'The example company' : 'Our organisation'}, <When at={story.from} /> to <When at={story.at} />
          {standpoint.asOf && (
            <>
              , as known on <When at={story.asOf} />
            </>
          )}
        </p>
        {headline && (
          <div className={classes.headline}>
            <GroundedClaim claim={headline} />
          </div>
        )}
        {story.work && <Work work={story.work} />}
        <div className={classes.parts}>
          {own.map((section, index) => (
            <OutcomePart key={section.title} outcome={story.outcomes[index]!} claims={section.claims} />
          ))}
          {story.outcomes.length === 0 && (
            <p className="quiet">
              A story tells how outcomes moved. <Go to={urls.outcomeNew()}>Write the first outcome</Go>, with a measure, a target and a
              date.
            </p>
          )}
          {sections.slice(own.length).map((section) => (
            <section key={section.title}>
              <h2>{section.title}</h2>
              <ul className={classes.claims}>
                {section.claims.map((claim) => (
                  <li key={claim.text}>
                    <GroundedClaim claim={claim} />
                  </li>
                ))}
              </ul>
            </section>
          ))}
        </div>
        <p className={classes.note}>Work stands beside the outcome it names; that it moved the measure is not shown by that.</p>
      </div>
    </Page>
  )
}

/** Outcomes that have a part of their own on the page. */
const PARTS = 7

function Work({ work }: { work: NonNullable<Story['work']> }) {
  const parts = work.parts.map((part): Part => ({
    key: part.ref ?? part.kind,
    label: part.ref ? <GoTo id={part.ref}>{part.title}</GoTo> : <Term of={part.kind}>{part.title}</Term>,
    share: part.share,
    detail: plural(part.n, 'change'),
    unexplained: part.kind === 'unlinked',
  }))
  return <StackedBar parts={parts} label="Work of this time by what it serves" />
}
