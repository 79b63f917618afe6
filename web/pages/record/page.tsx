import { useLoaded, type Answer } from '../../api/index.ts'
import { useAddress, useNames } from '../../app/address.ts'
import { Go, GoTo, shortName } from '../../app/go.tsx'
import { urls } from '../../app/urls.ts'
import { kindWords } from '../../parts/kinds.ts'
import { plural } from '../../ui/figure/index.ts'
import { buttonClass } from '../../ui/form/index.ts'
import { Page, Section } from '../../ui/page/index.ts'
import { Term, When } from '../../ui/text/index.ts'
import { recordAsk, recordIn } from './asks.ts'
import classes from './record.module.css'
import { Retract } from './retract.tsx'

type Revision = Answer<'evidence.record'>['revisions'][number]

const BASIS: Record<Revision['basis'], string> = {
  explicit: 'stated by its sender',
  observed: 'observed at its source',
  inferred: 'inferred from something else',
}

export default function RecordPage() {
  const { search } = useAddress()
  const { _splat = '' } = useNames()
  const { id, revisions } = useLoaded(recordAsk(_splat, search))
  const latest = revisions.at(-1)
  if (!latest) return null
  const kind = id.slice(0, id.indexOf(':'))
  const several = new Set(revisions.map((revision) => revision.subject)).size > 1
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
          <Go to={urls.throughline()} search={{ from: recordIn(_splat, search).id }} className={buttonClass}>
            Trace
          </Go>
          <Retract id={id} subject={latest.subject} retracted={latest.retracted} />
        </>
      }
    >
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
                {several && <span className="quiet"> for {shortName(revision.subject)}</span>}
              </div>
              {revision.retracted ? <p>Taken back.</p> : <Values values={revision.said} />}
            </li>
          ))}
        </ol>
      </Section>
    </Page>
  )
}

const HIDDEN = new Set(['kind', 'basis'])
const LONG_LIST = 12

/** The fields of a record as they came; long lists are cut, moments are readable. */
function Values({ values }: { values: Record<string, unknown> }) {
  const shown = Object.entries(values).filter(([name, value]) => !HIDDEN.has(name) && value !== null && value !== undefined)
  return (
    <dl className={classes.values}>
      {shown.map(([name, value]) => (
        <div key={name}>
          <dt>{name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()}</dt>
          <dd>
            <Value value={value} />
          </dd>
        </div>
      ))}
    </dl>
  )
}

function Value({ value }: { value: unknown }) {
  if (typeof value === 'string') {
    if (/^\d{4}-\d{2}-\d{2}T/.test(value)) return <When at={value} clock />
    if (/^https?:\/\//.test(value))
      return (
        <a href={value} rel="noreferrer">
          {value}
        </a>
      )
    if (/^[a-z]+:[a-z0-9-]+\/[^\s/]+$/i.test(value)) return <GoTo id={value}>{value}</GoTo>
    return <span className={classes.text}>{value}</span>
  }
  if (Array.isArray(value)) {
    return (
      <>
        {value.slice(0, LONG_LIST).map((item: unknown, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- items of a record have no name of their own and never change
          <div key={index}>{Array.isArray(item) ? item.filter((part) => part !== null).join(' ') : plain(item)}</div>
        ))}
        {value.length > LONG_LIST && <div className="quiet">and {value.length - LONG_LIST} more</div>}
      </>
    )
  }
  return <span className={classes.text}>{plain(value)}</span>
}

function plain(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** What people would call the record. */
function titleOf(state: Record<string, unknown>): string | undefined {
  for (const field of ['title', 'message', 'name', 'measure', 'indicator']) {
    const text = state[field]
    if (typeof text === 'string' && text.trim()) return text.trim().split('\n')[0]
  }
  return undefined
}
