import classes from './packages.module.css'

/** A version nobody fixes: what is asked for instead, and why it is not known. */
export function UnknownVersion({ asked, because }: { asked: string | null; because: string | null }) {
  return (
    <span className={classes.unknown}>
      version unknown
      {asked && (
        <>
          , asked for <code>{asked}</code>
        </>
      )}
      {because && <span className="quiet small">: {because}</span>}
    </span>
  )
}
