import { Fragment } from 'react'
import { type Answer, useLoaded } from '../../api/index.ts'
import { useAddress, useNames } from '../../app/address.ts'
import { GoTo, shortName } from '../../app/go.tsx'
import { plural } from '../../ui/figure/index.ts'
import { Section } from '../../ui/page/index.ts'
import { State, type StateName } from '../../ui/state/index.ts'
import { Ago, Term, When } from '../../ui/text/index.ts'
import { factsAsk } from './asks.ts'
import classes from './facts.module.css'

type Told = Answer<'facts.read'>
type Fact = Told['facts'][number]
type Declared = Fact['declared'][number]
type Observed = Fact['observed'][number]

const NAMES: Record<Fact['fact'], string> = {
  owner: 'Owner',
  lifecycle: 'Stage',
  type: 'Type',
  system: 'System',
  repository: 'Repository',
  path: 'Folder',
  branch: 'Main branch',
  description: 'Description',
  dependsOn: 'Depends on',
  providesApi: 'Provides',
  consumesApi: 'Consumes',
}
const VERDICTS: Record<Fact['verdict'], { state: StateName; words: string }> = {
  contradicts: { state: 'missed', words: 'Contradicted' },
  agrees: { state: 'met', words: 'Agrees' },
  declared_only: { state: 'unknown', words: 'Only declared' },
  observed_only: { state: 'unknown', words: 'Only seen' },
  unknown: { state: 'unknown', words: 'Cannot be told' },
}
/** What shows a value, as the beginning of a sentence about when. */
const SHOWN_BY: Record<string, string> = { tree: 'scan', manifest: 'manifest', links: 'a link' }
const REFERENCES = new Set<Fact['fact']>(['owner', 'system', 'repository', 'dependsOn', 'providesApi', 'consumesApi'])

/** What is declared of a thing beside what is seen of it, fact by fact, with source, age and what contradicts. */
export function DeclaredAndObserved() {
  const { search } = useAddress()
  const told = useLoaded(factsAsk(search, useNames()))
  const found = told.facts.reduce((sum, { contradictions }) => sum + contradictions.length, 0)
  return (
    <Section
      id="facts"
      title={<Term of="observed fact">Declared and observed</Term>}
      note={
        found > 0 ? plural(found, 'contradiction') : told.tellers.some(({ declares }) => declares) && 'nothing contradicts what is declared'
      }
    >
      {told.tellers.length === 1 && <p className={classes.alone}>{aloneIn(told.tellers[0]!)}</p>}
      {told.facts.length > 0 && (
        <div className={classes.frame}>
          <table className={classes.table} role="table">
            <caption className="visually-hidden">declared and observed</caption>
            <thead role="rowgroup">
              <tr role="row">
                {['Fact', 'Declared', 'Observed', 'Verdict'].map((head) => (
                  <th key={head} role="columnheader" scope="col">
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody role="rowgroup">
              {told.facts.map((fact) => (
                <Row key={`${fact.fact} ${fact.declared[0]?.value ?? fact.observed[0]?.value}`} fact={fact} now={told.at} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Section>
  )
}

function Row({ fact, now }: { fact: Fact; now: string }) {
  const { state, words } = VERDICTS[fact.verdict]
  return (
    <>
      <tr role="row" data-contradicted={fact.contradictions.length > 0 || undefined}>
        <th role="rowheader" scope="row">
          {NAMES[fact.fact]}
        </th>
        <td role="cell" data-head="Declared">
          {fact.declared.length === 0 && <span className="quiet">nowhere</span>}
          {fact.declared.map((one) => (
            <DeclaredValue key={`${one.folder} ${one.file} ${one.value}`} fact={fact.fact} one={one} now={now} />
          ))}
        </td>
        <td role="cell" data-head="Observed">
          {fact.observed.length === 0 && <span className="quiet">nothing</span>}
          {fact.observed.map((one) => (
            <ObservedValue key={`${one.from} ${one.value}`} fact={fact.fact} one={one} now={now} />
          ))}
        </td>
        <td role="cell" data-head="Verdict">
          <State state={state} words={words} quiet={state === 'unknown'} />
          {fact.why && <div className={classes.source}>{fact.why}</div>}
        </td>
      </tr>
      {fact.contradictions.length > 0 && (
        <tr role="row" className={classes.findings}>
          <td role="cell" colSpan={4}>
            {fact.contradictions.map(({ code, message, fix }) => (
              <p key={`${code} ${message}`}>
                {message}. <span className="quiet">{fix}</span>
              </p>
            ))}
          </td>
        </tr>
      )}
    </>
  )
}

function DeclaredValue({ fact, one, now }: { fact: Fact['fact']; one: Declared; now: string }) {
  return (
    <div className={classes.value}>
      <Value fact={fact} value={one.value} />
      <div className={classes.source}>
        {one.folder === null ? `a form, by ${shortName(one.by)}` : <Place file={one.file} line={one.line} folder={one.folder} />}, since{' '}
        <When at={one.since} />
        {one.seenAt && (
          <>
            , read <Ago at={one.seenAt} now={now} />
          </>
        )}
      </div>
    </div>
  )
}

function ObservedValue({ fact, one, now }: { fact: Fact['fact']; one: Observed; now: string }) {
  const age = one.seenAt && <Ago at={one.seenAt} now={now} />
  return (
    <div className={classes.value}>
      <Value fact={fact} value={one.value} />
      <div className={classes.source}>
        {one.record ? (
          <>
            {one.count ? `${plural(one.count, 'time')} in four weeks, last ` : 'last '}
            <GoTo id={one.record}>{age}</GoTo>
          </>
        ) : (
          <>
            {one.file ? <Place file={one.file} line={one.line} /> : (SHOWN_BY[one.from] ?? one.from)}
            {one.because && (
              <>
                {' '}
                <code>{one.because}</code>
              </>
            )}
            {age && <>, seen {age}</>}
          </>
        )}
      </div>
    </div>
  )
}

function Value({ fact, value }: { fact: Fact['fact']; value: string }) {
  if (!REFERENCES.has(fact) || !value.includes(':')) return <span>{value}</span>
  return <GoTo id={value}>{shortName(value)}</GoTo>
}

/** A file and line that break only at the marks of a path. */
function Place({ file, line, folder }: { file?: string | undefined; line?: number | undefined; folder?: string }) {
  const text = file ? `${file}${line === undefined ? '' : `:${line}`}` : (folder ?? '').replace(/^scan:/, '')
  return (
    <code title={folder?.replace(/^scan:/, '')}>
      {text.split(/(?<=[/:])/).map((part, index) => (
        // eslint-disable-next-line react/no-array-index-key -- the parts of one path, in their order
        <Fragment key={index}>
          {part}
          <wbr />
        </Fragment>
      ))}
    </code>
  )
}

function aloneIn({ declares, folder }: Told['tellers'][number]): string {
  if (!declares) return 'Nobody declares it: all that is known of it was seen in a scan. What you declare is held against that.'
  if (folder?.startsWith('scan:'))
    return 'One document declares it, in the repository that was scanned. Beside its words there are only records.'
  return 'Only one source declares it, and beside its words there are only records. A scan of its repository would tell more.'
}
