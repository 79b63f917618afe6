import { useLoaded, type Answer } from '../../api/index.ts'
import { useNames } from '../../app/address.ts'
import { Go, GoTo, shortName } from '../../app/go.tsx'
import { recordOf, urls } from '../../app/urls.ts'
import { kindWords } from '../../parts/kinds.ts'
import { plural } from '../../ui/figure/index.ts'
import { buttonClass } from '../../ui/form/index.ts'
import { Page, Section } from '../../ui/page/index.ts'
import { Term, When } from '../../ui/text/index.ts'
import { recordAsk } from './asks.ts'
import classes from './record.module.css'
import { Retract } from './retract.tsx'
import { Values } from './values.tsx'

type Revision = Answer<'evidence.record'>['revisions'][number]

const BASIS: Record<Revision['basis'], string> = {
  explicit: 'stated by its sender',
  observed: 'observed at its source',
  inferred: 'inferred from something else',
}

export default function RecordPage() {
  const { _splat = '' } = useNames()
  const { id, revisions: all } = useLoaded(recordAsk(_splat))
  const { subject, others } = subjectsOf(all)
  const revisions = all.filter((revision) => revision.subject === subject)
  const latest = revisions.at(-1)
  if (!latest) return null
  const kind = id.slice(0, id.indexOf(':'))
  return (
    <Page
      title={titleOf(latest.state) ?? shortName(id)}
      asks="What was said, by whom, and when did we learn it?"
      above={
        <>
          <Go to={urls.evidence()}>Evidence</Go> / {kindWords(kind)}
        </>
      }
      answer={
        latest.retracted ? (
          <p>This record was taken back. Reports from before still see it.</p>
        ) : (
          <p>
            {kindWords(kind)} of <GoTo id={latest.subject} />, {BASIS[latest.basis]}. {plural(revisions.length, 'revision')}.
          </p>
        )
      }
      actions={
        <>
          <Go to={urls.throughline()} search={{ from: recordOf(id, latest.subject) }} className={buttonClass}>
            Trace
          </Go>
          <Retract id={id} subject={latest.subject} retracted={latest.retracted} />
        </>
      }
    >
      {others.length > 0 && (
        <p className="quiet">
          Other things have a record of this name, too:{' '}
          {others.map((other, index) => (
            <span key={other}>
              {index > 0 && ', '}
              <Go to={urls.record(recordOf(id, other))}>{shortName(other)}</Go>
            </span>
          ))}
          .
        </p>
      )}
      <Section title="As it stands">
        <Values values={latest.state} />
      </Section>
      <Section title={<Term of="revision">Revisions</Term>} note="oldest first; nothing is overwritten">
        <ol className={classes.revisions}>
          {revisions.map((revision) => (
            <li key={`${revision.subject} ${revision.learnedFrom}`}>
              <div>
                Learned <When at={revision.learnedFrom} clock />
                {revision.learnedTo ? (
                  <span className="quiet">
                    , replaced <When at={revision.learnedTo} clock />
                  </span>
                ) : (
                  <span className="quiet">, what we know now</span>
                )}
              </div>
              {revision.retracted ? (
                <p>Taken back.</p>
              ) : revisions.length === 1 ? (
                <p className="quiet">All of it, as above.</p>
              ) : (
                <Values values={revision.said} />
              )}
            </li>
          ))}
        </ol>
      </Section>
    </Page>
  )
}

/** Ids repeat between subjects: the first one that has a record of this name, and the others. An address that names its subject has one. */
function subjectsOf(revisions: readonly Revision[]): { subject: string | undefined; others: string[] } {
  const [subject, ...others] = [...new Set(revisions.map((revision) => revision.subject))]
  return { subject, others }
}

/** What people would call the record. */
function titleOf(state: Record<string, unknown>): string | undefined {
  for (const field of ['title', 'message', 'name', 'measure', 'indicator']) {
    const text = state[field]
    if (typeof text === 'string' && text.trim()) return text.trim().split('\n')[0]
  }
  return undefined
}
