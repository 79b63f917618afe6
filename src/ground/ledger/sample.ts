import { formatInstant, HOUR, type Instant, MINUTE, type Ref } from '../core/index.ts'
import { type Content, contentHash } from './hash.ts'
import { type Merged, RETRACT, type Revision } from './merge.ts'
import type { Taken } from './take.ts'

/** Good and total events of one indicator of one subject as one source tells it, in one hour. */
export interface SliHour {
  subject: Ref
  source: string
  indicator: string
  /** Start of the hour, RFC 3339 in UTC. */
  hour: string
}

/** One sample: its hour, minute of the hour, id and one revision of what it says. */
export interface Sample extends SliHour, Revision {
  minute: string
  id: string
}

/** A sample with the moment it was learned. */
export interface LearnedSample extends Sample {
  learnedFrom: Instant
}

/** What one sample counts: so many events in so many seconds from a moment on. */
export interface SampleCount {
  start: Instant
  seconds: number
  good: number
  total: number
}

/** A sample that came, changed, was taken back or given again: what it counted before and counts now. */
export interface SampleChange {
  subject: Ref
  indicator: string
  before: SampleCount | null
  after: SampleCount | null
}

/** Text that names a sample. */
export function sampleKey({ subject, source, indicator, hour, minute, id }: Sample): string {
  return `${subject}\n${source}\n${indicator}\n${hour}\n${minute}\n${id}`
}

/** Whether a revision alone states all there is: what `merge` would make of it is its content. */
export function isPlain({ content }: Revision): boolean {
  return !(RETRACT in content) && content.none === undefined && content.assumed === undefined
}

/** A sample whose content is named when somebody asks: most are the only one of their id, and nobody does. */
export class NamedWhenAsked implements Sample {
  readonly subject: Ref
  readonly source: string
  readonly indicator: string
  readonly hour: string
  readonly minute: string
  readonly id: string
  readonly content: Content
  readonly importId: number | null
  #hash: string | undefined

  constructor({ subject, source, indicator, hour, minute, id, content, importId }: Omit<Sample, 'hash'>) {
    this.subject = subject
    this.source = source
    this.indicator = indicator
    this.hour = hour
    this.minute = minute
    this.id = id
    this.content = content
    this.importId = importId
  }

  get hash(): string {
    return (this.#hash ??= contentHash(this.content))
  }
}

export function sampleOf({ subject, source, id, content }: Taken, importId: number | null): Sample {
  const { indicator, windowStart, ...rest } = content
  const start = Date.parse(String(windowStart))
  const hour = Math.floor(start / HOUR) * HOUR
  const said: Content = start % MINUTE === 0 ? rest : { ...rest, windowStart }
  return new NamedWhenAsked({
    subject,
    source,
    indicator: String(indicator),
    hour: hourText(hour),
    minute: String(Math.floor((start - hour) / MINUTE)),
    id,
    content: said,
    importId,
  })
}

let lastHour = { hour: NaN, text: '' }

/** Start of an hour as text; samples of one come together. */
function hourText(hour: Instant): string {
  if (hour !== lastHour.hour) lastHour = { hour, text: formatInstant(hour) }
  return lastHour.text
}

/** What a sample counts in a state of it; null while there is none, or it is taken back. */
export function countOf(merged: Merged | null, { hour, minute }: Sample): SampleCount | null {
  if (!merged || merged.retracted) return null
  const { windowStart, seconds, good, total } = merged.state
  const start = typeof windowStart === 'string' ? Date.parse(windowStart) : Date.parse(hour) + Number(minute) * MINUTE
  return { start, seconds: Number(seconds), good: Number(good), total: Number(total) }
}
