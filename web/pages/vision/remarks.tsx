import { useQuery } from '@tanstack/react-query'
import { type Answer, ask } from '../../api/index.ts'
import { useAddress } from '../../app/address.ts'
import { Go, GoTo } from '../../app/go.tsx'
import { momentOf } from '../../app/search.ts'
import { urls } from '../../app/urls.ts'
import { plural } from '../../ui/figure/index.ts'
import { Section } from '../../ui/page/index.ts'
import { clause, sentence } from '../../ui/text/index.ts'
import classes from './vision.module.css'

type Vision = Answer<'vision.page'>

/** What a careful reader would object to, each with the way out; and what could not be judged. */
export function Remarks({ remarks, unjudged }: Pick<Vision, 'remarks' | 'unjudged'>) {
  if (remarks.length === 0 && unjudged.length === 0) return null
  return (
    <Section title="What a careful reader would object to" note="the same as throughline lint">
      {remarks.length === 0 && <p className="quiet">Nothing.</p>}
      <ul className={classes.remarks}>
        {remarks.map((remark) => (
          <li key={`${remark.ref} ${remark.code} ${remark.message}`}>
            <span>
              {remark.message}.{' '}
              <span className="quiet">
                {remark.fix} {remark.file && `(${remark.file}${remark.line ? `:${remark.line}` : ''})`}
              </span>
            </span>
            {remark.code === 'lint.unlinked_work' ? (
              <Go to={urls.work()} search={{ part: 'unlinked' }}>
                See it
              </Go>
            ) : (
              <GoTo id={remark.ref}>
                Open it<span className="visually-hidden">: {remark.ref}</span>
              </GoTo>
            )}
          </li>
        ))}
      </ul>
      {unjudged.length > 0 && <Unjudged unjudged={unjudged} />}
    </Section>
  )
}

/** Those about one document, on its own page; asked for when the page stands, since all of the strategy is read for it. */
export function RemarksAbout({ about, namespace, edit }: { about: string; namespace: string; edit: string }) {
  const { search } = useAddress()
  const { data } = useQuery(ask('lint', { ...momentOf(search), scope: namespace }))
  const remarks = data?.problems.filter(({ ref }) => ref === about) ?? []
  if (remarks.length === 0) return null
  return (
    <Section title="What a careful reader would object to" note="the same as throughline lint" actions={<Go to={edit}>Mend it</Go>}>
      <ul className={classes.remarks}>
        {remarks.map(({ code, message, fix }) => (
          <li key={`${code} ${message}`}>
            <span>
              {message}. <span className="quiet">{fix}</span>
            </span>
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** Silence of a rule that could not be judged is not consent. */
function Unjudged({ unjudged }: Pick<Vision, 'unjudged'>) {
  return (
    <details className={classes.unjudged}>
      <summary>{plural(unjudged.length, 'rule')} could not be judged for want of evidence</summary>
      <ul className={classes.remarks}>
        {unjudged.map(({ rule, ref, why, fix }) => (
          <li key={`${rule} ${ref ?? ''}`}>
            <span>
              {RULES[rule] ?? rule}: {clause(sentence(why))}. <span className="quiet">{fix}</span>
            </span>
            {ref && (
              <GoTo id={ref}>
                Open it<span className="visually-hidden">: {ref}</span>
              </GoTo>
            )}
          </li>
        ))}
      </ul>
    </details>
  )
}

const RULES: Record<string, string> = {
  'lint.target_easier': 'Whether the target is easier than today',
  'lint.no_work': 'Whether any work serves it',
}
