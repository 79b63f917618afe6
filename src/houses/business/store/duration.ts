import { parseDuration } from '../../../ground/core/index.ts'

/** A length of time as the catalogue writes it, in milliseconds; it was checked when it was declared. */
export function milliseconds(text: string): number {
  const read = parseDuration(text)
  if (!read.ok) throw new Error(`${text} is not a duration`)
  return read.value * 1000
}
