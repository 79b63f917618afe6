/** Number of words as a reader counts them: runs of letters and digits, with inner apostrophes, dots and hyphens. */
export function countWords(text: string): number {
  return text.match(/[\p{L}\p{N}]+(?:['’.-][\p{L}\p{N}]+)*/gu)?.length ?? 0
}
