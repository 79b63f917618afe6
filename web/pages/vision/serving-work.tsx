import type { Answer } from '../../api/index.ts'
import { Go, GoTo } from '../../app/go.tsx'
import { urls } from '../../app/urls.ts'
import { plural } from '../../ui/figure/index.ts'
import { Section } from '../../ui/page/index.ts'
import { formatDays, sentence, When } from '../../ui/text/index.ts'
import classes from './vision.module.css'

type OnePage = Answer<'outcome'>

const LINK_WORDS: Record<string, string> = {
  servedBy: 'served by',
  supportedBy: 'supported by',
  measuredBy: 'measured by',
  containedIn: 'part of',
  partOf: 'part of',
  implementedBy: 'implemented by',
}

/** The work of four weeks that serves an outcome, and all that hangs on it. */
export function ServingWork({ outcome, work }: Pick<OnePage, 'outcome' | 'work'>) {
  const links = Object.entries(outcome.links)
  return (
    <Section
      title="What work serves it"
      note={formatDays(work)}
      actions={
        <Go to={urls.work()} search={{ part: outcome.ref }}>
          Its share of the work
        </Go>
      }
    >
      <p>{shareWords(work)}</p>
      {work.latest.length > 0 && (
        <ul className={classes.remarks} aria-label="The latest of it">
          {work.latest.map(({ id, title, at }) => (
            <li key={id}>
              <GoTo id={id}>{title}</GoTo>
              <span className="quiet">
                <When at={at} />
              </span>
            </li>
          ))}
        </ul>
      )}
      {links.length === 0 ? (
        <p className="quiet">
          No work, decision or principle names this outcome yet. <Go to={urls.throughline()}>See the gaps</Go>.
        </p>
      ) : (
        <p className="quiet">
          {sentence(`in all ${links.map(([type, count]) => `${LINK_WORDS[type] ?? type} ${plural(count, 'thing')}`).join('; ')}`)}{' '}
          <Go to={urls.throughline()} search={{ from: outcome.ref }}>
            Show them
          </Go>
        </p>
      )}
    </Section>
  )
}

function shareWords({ n, count, share }: OnePage['work']): string {
  if (n === 0 || share === null) return 'Unknown: no work is on record for these weeks. Scan a repository or connect a tracker.'
  if (count === 0) return `None of ${plural(n, 'change')} served it.`
  return `${Math.round(count * 10) / 10} of ${plural(n, 'change')} (${Math.round(share * 100)} %); work for several outcomes counts for each in part.`
}
