import classes from './form.module.css'

export function countWords(text: string): number {
  return text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length
}

/** Words used of those allowed, as people write; turns to a warning when over. */
export function WordCount({ words, max }: { words: number; max: number }) {
  return (
    <span className={classes.words} data-over={words > max || undefined} role="status">
      {words} of {max} words{words > max ? `: ${words - max} too many` : ''}
    </span>
  )
}
