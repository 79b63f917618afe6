import { useQuery } from '@tanstack/react-query'
import { ask, type Answer, type Ask } from '../api/index.ts'
import { useAddress } from '../app/address.ts'
import { GoTo } from '../app/go.tsx'
import { momentOf } from '../app/search.ts'
import { plural } from '../ui/figure/index.ts'
import { When } from '../ui/text/index.ts'
import classes from './parts.module.css'

type Found = Answer<'corrections'>

/** What a past report would say otherwise today; the report itself stays as it was. */
export function Corrections({ of, ask: more }: { of: 'brief' | 'story'; ask: Partial<Ask<'corrections'>> }) {
  const { search } = useAddress()
  const { data, error } = useQuery(ask('corrections', { ...momentOf(search), of, ...more }))
  if (error) return <p className="quiet small">What became known since could not be asked: {error.message}</p>
  if (!data) return <p className="quiet small">Looking for what became known since…</p>
  return (
    <details className={classes.corrections} data-screen-only>
      <summary>{summaryOf(data)}</summary>
      {data.corrected.map(({ section, before, after }) => (
        <div key={`${section} ${before?.text} ${after?.text}`}>
          <h3>{section || 'First sentence'}</h3>
          <p>{before ? <del>{before.text}</del> : <span className="quiet">Was not told.</span>}</p>
          <p>{after ? <ins>{after.text}</ins> : <span className="quiet">Is no longer told.</span>}</p>
        </div>
      ))}
      <Records records={data.records} />
    </details>
  )
}

function summaryOf({ corrected, records }: Found): string {
  const n = records.counts.reduce((sum, { added, revised, retracted }) => sum + added + revised + retracted, 0)
  const since =
    n === 0 ? 'no record of that time was learned since' : `${plural(n, 'record')} of that time ${n === 1 ? 'was' : 'were'} learned since`
  if (corrected.length === 0) return `Told again today it would say the same; ${since}.`
  return `Told again today, ${plural(corrected.length, 'sentence')} would read otherwise; ${since}.`
}

const WHAT = { added: 'New', revised: 'Changed', retracted: 'Taken back' }

function Records({ records: { counts, examples } }: { records: Found['records'] }) {
  if (counts.length === 0) return null
  return (
    <div>
      <h3>Learned since</h3>
      <ul>
        {counts.map(({ kind, source, added, revised, retracted }) => (
          <li key={`${kind} ${source}`}>
            {kind.replace('_', ' ')} from {source}: {added} new, {revised} changed, {retracted} taken back
          </li>
        ))}
      </ul>
      <ul>
        {examples.map(({ id, subject, what, at }) => (
          <li key={`${id} ${subject}`}>
            {WHAT[what]}: <GoTo id={id}>{id}</GoTo>, of <When at={at} />
          </li>
        ))}
      </ul>
    </div>
  )
}
