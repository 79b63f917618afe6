import { type Answer, useLoaded } from '../../api/index.ts'
import { useAddress } from '../../app/address.ts'
import { GoTo } from '../../app/go.tsx'
import { plural } from '../../ui/figure/index.ts'
import { Section } from '../../ui/page/index.ts'
import { When } from '../../ui/text/index.ts'
import { coverageAsk } from './asks.ts'
import classes from './coverage.module.css'

type Aspect = Answer<'coverage'>['aspects'][number]

const WORDS: Record<Aspect['aspect'], { label: string; without: string }> = {
  owner: { label: 'Owner', without: 'Nobody owns' },
  changes: { label: 'Changes', without: 'No change told of' },
  deployments: { label: 'Deployments', without: 'No deployment to production told of' },
  incidents: { label: 'Incidents', without: 'No incident ever told of' },
  slis: { label: 'Service levels', without: 'No measured service level of' },
  slos: { label: 'Promises (SLOs)', without: 'No service level objective of' },
}

/** Of how many components each kind of thing is known, and which ones nothing tells of. */
export function CoverageSection() {
  const { search } = useAddress()
  const { components, since, aspects } = useLoaded(coverageAsk(search))
  return (
    <Section title="How complete the picture is" note={`${plural(components, 'component')} in the catalogue`}>
      {components === 0 ? (
        <p className="quiet">Once components are in the catalogue, this shows which of them nothing tells of.</p>
      ) : (
        <>
          <ul className={classes.aspects}>
            {aspects.map((aspect) => (
              <AspectLine key={aspect.aspect} aspect={aspect} components={components} />
            ))}
          </ul>
          <p className="quiet small">
            Records since <When at={since} /> count; incidents whenever they were told, since a component without any may simply be well.
          </p>
        </>
      )}
    </Section>
  )
}

function AspectLine({ aspect: { aspect, having, missing, more }, components }: { aspect: Aspect; components: number }) {
  const { label, without } = WORDS[aspect]
  const lacking = components - having
  return (
    <li>
      <span>{label}</span>
      <span className={classes.track} aria-hidden>
        <span className={classes.known} style={{ width: `${(having / components) * 100}%` }} />
      </span>
      <span className={classes.count}>
        {having} of {components}
      </span>
      {lacking > 0 && (
        <details className={classes.missing}>
          <summary>{plural(lacking, 'component')} without</summary>
          <p>
            {without}{' '}
            {missing.map(({ ref, title }, place) => (
              <span key={ref}>
                {place > 0 && ', '}
                <GoTo id={ref}>{title}</GoTo>
              </span>
            ))}
            {more > 0 && ` and ${more} more`}.
          </p>
        </details>
      )}
    </li>
  )
}
