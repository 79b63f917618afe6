import { GoTo, shortName } from '../../app/go.tsx'
import { recordOf } from '../../app/urls.ts'
import { formatCount, plural } from '../../ui/figure/index.ts'
import { SidePanel } from '../../ui/overlay/index.ts'
import { When } from '../../ui/text/index.ts'
import { percent, type WorkPart } from './parts.ts'
import classes from './work.module.css'

/** The changes behind a part of the work, newest first. */
export function PartPanel({ part, onClose }: { part: WorkPart; onClose: () => void }) {
  const { records, more, count, share } = part.share
  return (
    <SidePanel title={part.title} onClose={onClose}>
      <p className="quiet">
        {share === null ? 'no share' : percent(share)} of the work, {plural(Math.round(count * 10) / 10, 'change')}
        {more > 0 && `; the newest ${formatCount(records.length)} are listed`}
        {part.ref && (
          <>
            . <GoTo id={part.ref}>Open the outcome</GoTo>
          </>
        )}
      </p>
      <ul className={classes.records}>
        {records.map((record) => (
          <li key={`${record.id}@${record.subject}`}>
            <GoTo id={recordOf(record.id, record.subject)}>{record.title}</GoTo>
            <span className="quiet">
              {shortName(record.subject)}, <When at={record.at} />
            </span>
          </li>
        ))}
      </ul>
    </SidePanel>
  )
}
