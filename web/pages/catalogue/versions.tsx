import { useLoaded } from '../../api/index.ts'
import { partsOf } from '../../app/urls.ts'
import { shortName } from '../../app/go.tsx'
import { When } from '../../ui/text/index.ts'
import { versionsAsk } from './asks.ts'
import classes from './catalogue.module.css'
import { differences } from './differences.ts'

const ORIGINS = { file: 'a file', form: 'a form', inferred: 'what was seen' }

/** Every version of one entity, newest first, each with what it changed in words. */
export function Versions({ reference }: { reference: string }) {
  const { versions } = useLoaded(versionsAsk({ ...partsOf(reference) }))
  const newestFirst = versions.toSorted((a, b) => b.version - a.version)
  return (
    <ol className={classes.versions}>
      {newestFirst.map((version, index) => {
        const before = newestFirst[index + 1]
        const changed = before && !before.removed ? differences(before.doc, version.doc) : []
        return (
          <li key={version.version}>
            <div>
              <b>Version {version.version}</b> <When at={version.at} clock /> by {shortName(version.by)}, from {ORIGINS[version.origin]}
            </div>
            {version.removed ? (
              <p>Removed.</p>
            ) : !before ? (
              <p className="quiet">First written.</p>
            ) : changed.length === 0 ? (
              <p className="quiet">Nothing a reader would notice changed.</p>
            ) : (
              <ul className={classes.changes}>
                {changed.map((change) => (
                  <li key={change}>{change}</li>
                ))}
              </ul>
            )}
          </li>
        )
      })}
    </ol>
  )
}
