import { GoTo, shortName } from '../../app/go.tsx'
import { isRecord, recordOf } from '../../app/urls.ts'
import { StackedBar } from '../../ui/chart/index.ts'
import { formatQuantity } from '../../ui/figure/index.ts'
import { SidePanel } from '../../ui/overlay/index.ts'
import { Term, When } from '../../ui/text/index.ts'
import classes from './measures.module.css'
import { flagWords, type Row, valueWords } from './row.ts'

/** One record: what its value is made of, what it is linked to and how sure that is, what is odd about it. */
export function RecordPanel({ row, onClose }: { row: Row; onClose: () => void }) {
  const parts = Object.entries(row.parts)
  const known = parts.filter((part): part is [string, number] => part[1] !== null && part[1] >= 0)
  const whole = known.reduce((sum, [, value]) => sum + value, 0)
  const missing = parts.filter(([, value]) => value === null).map(([name]) => name)
  return (
    <SidePanel title={row.title ?? shortName(row.id)} onClose={onClose}>
      <p className={classes.panelValue}>{inWords(row)}</p>
      <p className="quiet">
        {shortName(row.subject)}
        {row.at && (
          <>
            , <When at={row.at} clock />
          </>
        )}
      </p>
      {row.excluded && (
        <p>
          Not counted: <Term of={row.excluded}>{row.excluded.replaceAll('_', ' ')}</Term>.
        </p>
      )}
      {known.length > 0 && whole > 0 && (
        <section className={classes.panelPart}>
          <h3>What it is made of</h3>
          <StackedBar
            label="Parts of the value"
            parts={known.map(([name, value]) => ({
              key: name,
              label: <Term of={name}>{partWords(name)}</Term>,
              share: value / whole,
              detail: formatQuantity(value, row.unit),
            }))}
          />
          {missing.length > 0 && <p className="quiet small">Unknown: {missing.map(partWords).join(', ')}.</p>}
        </section>
      )}
      {row.links.length > 0 && (
        <section className={classes.panelPart}>
          <h3>Linked with</h3>
          <ul className={classes.links}>
            {row.links.map((link) => (
              <li key={`${link.type} ${link.to}`}>
                <span>
                  {partWords(link.type)} <GoTo id={recordOf(link.to, link.of)} />
                </span>
                <span className="quiet small">{sureWords(link)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {row.flags.length > 0 && (
        <section className={classes.panelPart}>
          <h3>What is odd about it</h3>
          <ul className={classes.links}>
            {row.flags.map((flag) => (
              <li key={flag}>{flagWords(flag)}</li>
            ))}
          </ul>
        </section>
      )}
      <p className={classes.panelPart}>
        <GoTo id={recordOf(row.id, row.recordOf ?? row.subject)}>
          {isRecord(row.id) ? 'Open the record with its history' : 'Open its page'}
        </GoTo>
        {row.url && /^https?:\/\//.test(row.url) && (
          <>
            {' '}
            or{' '}
            <a href={row.url} rel="noreferrer">
              see it at its source
            </a>
          </>
        )}
      </p>
    </SidePanel>
  )
}

/** What the record adds to the figure; behind a share that is a yes or a no, which alone would say little. */
function inWords({ value, unit }: Row): string {
  if (value === null) return 'unknown'
  return unit === 'ratio' ? `Counts as “${valueWords(value, unit)}”` : valueWords(value, unit)
}

/** `review_wait` and `causedBy` → "review wait", "caused by". */
function partWords(name: string): string {
  return name.replaceAll('_', ' ').replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
}

/** How a link is known, in the order in which delivery looks for one. */
const METHODS: Record<string, string> = {
  stated: 'stated by its sender',
  ancestry: 'by the history of the repository',
  first: 'the first deployment of all',
  same_commit: 'same commit',
  same_artifact: 'same artifact',
  soon_after: 'opened soon after it',
}

/** "same commit, 95 % sure"; what is certain is not weighed. */
function sureWords({ method, confidence }: Row['links'][number]): string {
  const words = METHODS[method] ?? partWords(method)
  return confidence >= 1 ? words : `${words}, ${Math.round(confidence * 100)}\u00a0% sure`
}
