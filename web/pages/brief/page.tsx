import { server, useLoaded } from '../../api/index.ts'
import { useAddress } from '../../app/address.ts'
import { PageTabs } from '../../app/page-tabs.tsx'
import { momentOf } from '../../app/search.ts'
import { urls } from '../../app/urls.ts'
import { Corrections } from '../../parts/corrections.tsx'
import { GroundedClaim } from '../../parts/grounds.tsx'
import { sectionsOf, SheetActions } from '../../parts/told.tsx'
import { Page } from '../../ui/page/index.ts'
import { When } from '../../ui/text/index.ts'
import { audienceOf, AUDIENCES, briefAsk } from './asks.ts'
import classes from './brief.module.css'

export default function BriefPage() {
  const { search, standpoint } = useAddress()
  const brief = useLoaded(briefAsk(search))
  const [headline] = brief.claims
  return (
    <Page
      title="Brief"
      asks="What do I tell each audience?"
      actions={<SheetActions markdown={() => server.call('brief', { ...momentOf(search), audience: audienceOf(search), format: 'md' })} />}
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
