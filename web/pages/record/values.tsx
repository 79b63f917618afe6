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
