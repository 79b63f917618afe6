import classes from './html.module.css'

/**
 * Text the server rendered from Markdown and cleaned (rehype-sanitize): no scripts, no styles, no foreign frames.
 * Nothing that has not been through there may come here.
 */
export function Html({ cleaned }: { cleaned: string }) {
  return <div className={classes.html} dangerouslySetInnerHTML={{ __html: cleaned }} />
}
