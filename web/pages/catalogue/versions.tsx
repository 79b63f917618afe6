import { type Answer, useLoaded } from '../../api/index.ts'
import { useAddress } from '../../app/address.ts'
import { partsOf } from '../../app/urls.ts'
import { shortName } from '../../app/go.tsx'
import { ChoiceField, FieldRow } from '../../ui/form/index.ts'
import { When, WordDifference } from '../../ui/text/index.ts'
import { versionsAsk } from './asks.ts'
import classes from './catalogue.module.css'
import { differences } from './differences.ts'

type Version = Answer<'entity.versions'>['versions'][number]

const ORIGINS = { file: 'a file', form: 'a form', inferred: 'what was seen' }

/** Every version of one entity, newest first, each with what it changed in words; and any two of them compared. */
export function Versions({ reference }: { reference: string }) {
  const { versions } = useLoaded(versionsAsk({ ...partsOf(reference) }))
  const newestFirst = versions.toSorted((a, b) => b.version - a.version)
  return (
    <>
      {newestFirst.length > 2 && <Compared reference={reference} versions={newestFirst} />}
      <ol className={classes.versions}>
        {newestFirst.map((version, index) => {
          const before = newestFirst[index + 1]
          return (
            <li key={version.version}>
              <div>
                <b>Version {version.version}</b> <When at={version.at} clock /> by {shortName(version.by)}, from {ORIGINS[version.origin]}
              </div>
              {version.removed ? (
                <p>Removed.</p>
              ) : !before ? (
                <p className="quiet">First written.</p>
              ) : before.removed ? (
                <p className="quiet">Written again.</p>
              ) : (
                <Changes before={before} after={version} />
              )}
            </li>
          )
        })}
      </ol>
    </>
  )
}

/** What changed between two versions, field by field; longer texts word by word. */
function Changes({ before, after }: { before: Version; after: Version }) {
  const changed = differences(before.doc, after.doc)
  if (changed.length === 0) return <p className="quiet">Nothing a reader would notice changed.</p>
  return (
    <ul className={classes.changes}>
      {changed.map(({ field, words, text }) => (
        <li key={words}>
          {text ? (
            <>
              {field}: <WordDifference {...text} />
            </>
          ) : (
            words
          )}
        </li>
      ))}
    </ul>
  )
}

/** Two versions side by side, chosen in the address: `compare=outcome:default/fast~1~3`. */
function Compared({ reference, versions }: { reference: string; versions: readonly Version[] }) {
  const { search, set } = useAddress()
  const [of, one, other] = (search.compare ?? '').split('~')
  const chosen = of === reference
  const choose = (from: string, to: string) => set({ compare: from && to ? `${reference}~${from}~${to}` : undefined })
  const [from, to] = chosen ? [one ?? '', other ?? ''] : ['', '']
  const find = (number: string) => versions.find((version) => String(version.version) === number)
  const [before, after] = [find(from), find(to)]
  const choices = versions
    .filter((version) => !version.removed)
    .map(({ version, at }) => ({ value: String(version), label: `version ${version}, ${at.slice(0, 10)}` }))
  const latest = choices[0]?.value ?? ''
  return (
    <div className={classes.compared}>
      <FieldRow>
        <ChoiceField
          label="Compare"
          value={from}
          onChange={(next) => choose(next, to || latest)}
          choices={[{ value: '', label: 'each with the one before' }, ...choices]}
        />
        {from && <ChoiceField label="with" value={to} onChange={(next) => choose(from, next)} choices={choices} />}
      </FieldRow>
      {before &&
        after &&
        (before.version === after.version ? <p className="quiet">That is the same version.</p> : <Changes before={before} after={after} />)}
    </div>
  )
}
