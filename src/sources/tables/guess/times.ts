import { readTime } from '../mapping/pattern.ts'

/** How times of a column are written, and how sure that is. */
export interface GuessedTime {
  format: string
  /** Some have no offset and are by the clock of some zone. */
  naive: boolean
  /** Some have a time of day. */
  clock: boolean
  /** False when day and month could be the other way round. */
  certain: boolean
  why: string
}

const DAYS = [
  'd.M.yyyy',
  'd.M.yy',
  'd/M/yyyy',
  'M/d/yyyy',
  'd/M/yy',
  'M/d/yy',
  'd-M-yyyy',
  'M-d-yyyy',
  'yyyy/M/d',
  'd/MMM/yy',
  'd/MMM/yyyy',
  'd-MMM-yy',
  'd-MMM-yyyy',
  'd MMM yyyy',
  'MMM d, yyyy',
  'MMM d yyyy',
]
const CLOCKS = ['[[,] H:mm[:ss[.SSS]][ XXX]]', '[[,] h:mm[:ss[.SSS]] a]']
const CANDIDATES = ['iso', ...DAYS.flatMap((day) => CLOCKS.map((clock) => day + clock)), '[EEE, ]d MMM yyyy HH:mm:ss XXX']
/** Numbers are taken for times only where the name of the column says so. */
const NUMBERS: readonly [format: string, like: RegExp][] = [
  ['unix', /^[12]\d{9}(?:\.\d+)?$/],
  ['unix-ms', /^[12]\d{12}$/],
  ['excel', /^[2-6]\d{4}(?:\.\d+)?$/],
]
/** Share of the cells that must fit: some may be broken. */
const ENOUGH = 0.6

/** The format most of the texts are in; null when they are no times. */
export function timeOf(texts: readonly string[]): GuessedTime | null {
  if (texts.length === 0) return null
  for (const [format, like] of NUMBERS)
    if (texts.filter((text) => like.test(text)).length >= ENOUGH * texts.length)
      return { format, naive: format === 'excel', clock: true, certain: true, why: `numbers as ${format} times have them` }
  const first = texts.slice(0, 30)
  const fits = CANDIDATES.filter((format) => first.some((text) => readTime(text, format)))
    .map((format) => ({ format, read: texts.filter((text) => readTime(text, format)).length }))
    .sort((a, b) => b.read - a.read)
  const [best] = fits
  if (!best || best.read < ENOUGH * texts.length) return null
  const swapped = swap(best.format)
  const rival = fits.find(({ format, read }) => format === swapped && read === best.read)
  const format = plainest(best, texts)
  const read = texts.map((text) => readTime(text, best.format)).filter((time) => time !== null)
  return {
    format,
    naive: read.some(({ offset }) => offset === null),
    clock: texts.some((text) => /\d:\d\d/.test(text)),
    certain: !rival || differsNowhere(texts, best.format, rival.format),
    why: rival
      ? `written as ${format}; nothing in the first rows tells day and month apart`
      : `${best.read} of ${texts.length} cells are written as ${format}`,
  }
}

/** The same with day and month the other way round; null where a format cannot be taken so. */
function swap(format: string): string | null {
  const [, first, between, second] = /^([dM])([^M\w])([dM])(?!M)/.exec(format) ?? []
  return first && second ? format.replace(first + between + second, second + between + first) : null
}

/** The shortest way to write a format that reads as many cells: people look at it. */
function plainest({ format, read }: { format: string; read: number }, texts: readonly string[]): string {
  const day = DAYS.find((one) => format.startsWith(`${one}[`))
  if (!day) return format
  const plain = ['', ' H:mm', ' H:mm:ss', ' h:mm a', ' h:mm:ss a', ', H:mm', ', h:mm a'].map((clock) => day + clock)
  return plain.find((one) => texts.filter((text) => readTime(text, one)).length === read) ?? format
}

function differsNowhere(texts: readonly string[], one: string, other: string): boolean {
  return texts.every((text) => readTime(text, one)?.wall === readTime(text, other)?.wall)
}
