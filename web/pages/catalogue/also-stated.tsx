import type { Answer } from '../../api/index.ts'
import { plural } from '../../ui/figure/index.ts'
import { Section } from '../../ui/page/index.ts'
import classes from './also-stated.module.css'

type Entity = Answer<'entity.read'>['entity']

const LONG_LIST = 50
const DEEP = 6

/** What files say of it that no field of ours holds: operations of an API, annotations, and what other tools are told. */
export function AlsoStated({ entity: { spec, metadata } }: { entity: Entity }) {
  const annotations = Object.entries(metadata.annotations ?? {})
  const operations = Array.isArray(spec.operations) ? spec.operations.filter((line) => typeof line === 'string') : []
  const also = Array.isArray(spec.alsoStated) ? spec.alsoStated.filter(isDeclaration) : []
  if (annotations.length + operations.length + also.length === 0) return null
  return (
    <Section title="More from its files" note="kept as it was written">
      <div className={classes.all}>
        {operations.length > 0 && <Operations lines={operations} counted={counted(spec.counts) ?? operations.length} />}
        {annotations.length > 0 && (
          <details className={classes.one}>
            <summary>{plural(annotations.length, 'annotation')}</summary>
            <Fields fields={metadata.annotations ?? {}} depth={0} />
          </details>
        )}
        {also.map(({ format, file, states }) => (
          <details key={`${format} ${file}`} className={classes.one} open={also.length === 1 && operations.length === 0}>
            <summary>
              Also stated in <code>{file}</code> <span className="quiet">{format}</span>
            </summary>
            <Fields fields={states} depth={0} />
          </details>
        ))}
      </div>
    </Section>
  )
}

function Operations({ lines, counted: all }: { lines: readonly string[]; counted: number }) {
  return (
    <details className={classes.one}>
      <summary>{plural(all, 'operation')}</summary>
      <ul className={classes.lines}>
        {[...new Set(lines)].map((line) => (
          <li key={line}>{line}</li>
        ))}
        {all > lines.length && <li className="quiet">and {all - lines.length} more in the definition</li>}
      </ul>
    </details>
  )
}

/** Names as the tool writes them: that is what people look for. */
function Fields({ fields, depth }: { fields: Record<string, unknown>; depth: number }) {
  return (
    <dl className={classes.fields}>
      {Object.entries(fields)
        .filter(([, value]) => !isEmpty(value))
        .map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <Value value={value} depth={depth + 1} />
            </dd>
          </div>
        ))}
    </dl>
  )
}

function Value({ value, depth }: { value: unknown; depth: number }) {
  if (typeof value === 'string')
    return /^https?:\/\//i.test(value) ? (
      <a href={value} rel="noreferrer">
        {value}
      </a>
    ) : (
      <span className={classes.text}>{value}</span>
    )
  if (depth >= DEEP || typeof value !== 'object' || value === null) return <span className={classes.text}>{JSON.stringify(value)}</span>
  if (!Array.isArray(value)) return <Fields fields={value as Record<string, unknown>} depth={depth} />
  return (
    <ul className={classes.lines}>
      {value.slice(0, LONG_LIST).map((item: unknown, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- entries of a list have no name of their own and never change
        <li key={index}>
          <Value value={item} depth={depth + 1} />
        </li>
      ))}
      {value.length > LONG_LIST && <li className="quiet">and {value.length - LONG_LIST} more</li>}
    </ul>
  )
}

function isDeclaration(value: unknown): value is { format: string; file: string; states: Record<string, unknown> } {
  return isFields(value) && typeof value.format === 'string' && typeof value.file === 'string' && isFields(value.states)
}

function counted(counts: unknown): number | null {
  return isFields(counts) && typeof counts.operations === 'number' ? counts.operations : null
}

function isFields(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A field that is there and says nothing is kept, and not worth a line. */
function isEmpty(value: unknown): boolean {
  if (value === null || value === '') return true
  return typeof value === 'object' && Object.values(value).every(isEmpty)
}
