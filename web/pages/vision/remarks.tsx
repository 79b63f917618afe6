import type { Answer } from '../../api/index.ts'
import { GoTo } from '../../app/go.tsx'
import { Section } from '../../ui/page/index.ts'
import classes from './vision.module.css'

/** What a careful reader would object to, each with the way out. */
export function Remarks({ remarks }: { remarks: Answer<'vision.page'>['remarks'] }) {
  if (remarks.length === 0) return null
  return (
    <Section title="What a careful reader would object to">
      <ul className={classes.remarks}>
        {remarks.map((remark) => (
          <li key={`${remark.ref} ${remark.code} ${remark.message}`}>
            <span>
              {remark.message}. {remark.fix && <span className="quiet">{remark.fix}</span>}
            </span>
            <GoTo id={remark.ref}>
              Open it<span className="visually-hidden">: {remark.ref}</span>
            </GoTo>
          </li>
        ))}
      </ul>
    </Section>
  )
}
