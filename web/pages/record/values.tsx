import { GoTo } from '../../app/go.tsx'
import { When } from '../../ui/text/index.ts'
import classes from './record.module.css'

const HIDDEN = new Set(['kind', 'basis'])
const LONG_LIST = 12

/** The fields of a record as they came; long lists are cut, moments are readable. */
export function Values({ values }: { values: Record<string, unknown> }) {
  const shown = Object.entries(values).filter(([name, value]) => !HIDDEN.has(name) && value !== null && value !== undefined)
  return (
    <dl className={classes.values}>
      {shown.map(([name, value]) => (
        <div key={name}>
          <dt>{nameWords(name)}</dt>
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
    if (MOMENT.test(value)) return <When at={value} clock />
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
          <div key={index}>
            <Item item={item} />
          </div>
        ))}
        {value.length > LONG_LIST && <div className="quiet">and {value.length - LONG_LIST} more</div>}
      </>
    )
  }
  if (isFields(value)) return <Item item={value} />
  return <span className={classes.text}>{plain(value)}</span>
}

/** One of a list: its parts beside each other, as in "74e0fb4 authored 24 Nov, 11:33". */
function Item({ item }: { item: unknown }) {
  if (Array.isArray(item)) return item.filter((part) => part !== null).join(' ')
  if (!isFields(item)) return plain(item)
  return Object.entries(item)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([name, value], index) => (
      <span key={name}>
        {index > 0 && ' '}
        <Part name={name} value={value} />
      </span>
    ))
}

function Part({ name, value }: { name: string; value: unknown }) {
  if (name === 'sha' && typeof value === 'string')
    return (
      <code title={value} className={classes.sha}>
        {value.slice(0, 7)}
      </code>
    )
  return (
    <>
      <span className="quiet">{nameWords(name).replace(/ at$/, '')}</span>{' '}
      {typeof value === 'string' && MOMENT.test(value) ? <When at={value} clock /> : plain(value)}
    </>
  )
}

const MOMENT = /^\d{4}-\d{2}-\d{2}T/

function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What people call a field: `authoredAt` → "authored at". */
function nameWords(name: string): string {
  return WORDS[name] ?? name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()
}

const WORDS: Record<string, string> = { at: 'happened', url: 'address', additions: 'lines added', deletions: 'lines deleted' }

function plain(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
