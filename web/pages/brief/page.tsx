import { IconCopy, IconPrinter } from '@tabler/icons-react'
import { type Answer, server, useLoaded } from '../../api/index.ts'
import { useAddress } from '../../app/address.ts'
import { explain } from '../../app/failures.tsx'
import { PageTabs } from '../../app/page-tabs.tsx'
import { momentOf } from '../../app/search.ts'
import { urls } from '../../app/urls.ts'
import { Corrections } from '../../parts/corrections.tsx'
import { GroundedClaim } from '../../parts/grounds.tsx'
import { useToast } from '../../ui/feedback/index.ts'
import { Button } from '../../ui/form/index.ts'
import { Page } from '../../ui/page/index.ts'
import { When } from '../../ui/text/index.ts'
import { audienceOf, AUDIENCES, briefAsk } from './asks.ts'
import classes from './brief.module.css'

type Brief = Answer<'brief'>
type Claim = Brief['claims'][number]

export default function BriefPage() {
  const { search, standpoint } = useAddress()
  const brief = useLoaded(briefAsk(search))
  const toast = useToast()
  const [headline] = brief.claims
  const copy = async () => {
    try {
      const { text = '' } = await server.call('brief', { ...momentOf(search), audience: audienceOf(search), format: 'md' })
      await navigator.clipboard.writeText(text)
      toast({ text: 'Copied as Markdown, with its grounds.' })
    } catch (error) {
      toast({ text: explain(error).why, tone: 'error' })
    }
  }
  return (
    <Page
      title="Brief"
      asks="What do I tell each audience?"
      actions={
        <>
          <Button icon={<IconCopy size={16} aria-hidden />} onClick={() => void copy()}>
            Copy as Markdown
          </Button>
          <Button icon={<IconPrinter size={16} aria-hidden />} onClick={() => window.print()}>
            Print
          </Button>
        </>
      }
    >
      <PageTabs label="Audience" name="audience" tabs={AUDIENCES} to={urls.brief()} />
      <p className="quiet small" data-screen-only>
        One truth at three lengths. Press a sentence to see what it rests on.
      </p>
      {standpoint.asOf && <Corrections of="brief" ask={{ audience: audienceOf(search) }} />}
      <div className={classes.sheet}>
        <p className={classes.stamp}>
          {standpoint.scope === 'example' ? 'The example company' : 'Our organisation'}, for{' '}
          {AUDIENCES.find((one) => one.key === brief.audience)?.label.toLowerCase()}. <When at={brief.at} />
          {standpoint.asOf && (
            <>
              , as known on <When at={brief.asOf} />
            </>
          )}
        </p>
        {headline && (
          <div className={classes.headline}>
            <GroundedClaim claim={headline} />
          </div>
        )}
        {sectionsOf(brief).map((section) => (
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
    </Page>
  )
}

/** The sentences after the headline under their headings. */
function sectionsOf({ claims, sections }: Brief): { title: string; claims: Claim[] }[] {
  let from = 1
  return sections.map(({ title, claims: count }) => {
    const own = claims.slice(from, from + count)
    from += count
    return { title, claims: own }
  })
}
