import classes from './parts.module.css'

/** What a row of a list of components is, where it is none: a repository or a system may have the same name. */
export function KindOf({ subject }: { subject: string }) {
  return subject.startsWith('component:') ? null : <span className={classes.kind}> {subject.slice(0, subject.indexOf(':'))}</span>
}
