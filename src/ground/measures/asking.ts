import { DAY, formatInstant, type Instant, lastDays, type Ref, type ReadingAsk, Refusal, toRef, type Window } from '../core/index.ts'
import type { MeasureDefinition } from './measures.ts'

/** An ask with everything it left open decided. */
export interface ResolvedAsk {
  measure: string
  subject: Ref
  where: Record<string, string>
  window: Window
  /** Only what happened before this. */
  at: Instant
  /** Only what was known by then: the moment asked for, or the present one. The same ask with it has the same answer. */
  asOf: Instant
  zone: string
}

/** Days of the default window. */
const DEFAULT_DAYS = 28
/** Pieces one series may have. */
const LONGEST_WINDOW = 100 * 366 * DAY

/**
 * Decides what an ask left open: the window is the last 28 days before `at`; `at` is `asOf` or now; the subject is
 * everything in the namespace `default`. Refuses what cannot be answered.
 */
export function resolveAsk(ask: ReadingAsk, now: Instant): ResolvedAsk {
  const asOf = Math.min(ask.asOf ?? now, now)
  const at = ask.at ?? asOf
  const to = ask.to ?? at
  const window = ask.from === undefined ? lastDays(to, DEFAULT_DAYS) : { from: ask.from, to }
  if (window.from >= window.to) {
    throw new Refusal(
      'measure.empty_window',
      `The window begins ${formatInstant(window.from)} and ends ${formatInstant(window.to)}: nothing lies in it.`,
      { fix: 'Give a "from" before "to" (and before "at").', path: 'from' },
    )
  }
  if (window.to - window.from > LONGEST_WINDOW)
    throw new Refusal('measure.window_too_long', 'The window is longer than 100 years.', {
      fix: 'Give a "from" closer to "to".',
      path: 'from',
    })
  return {
    measure: ask.measure,
    subject: subjectOf(ask.subject),
    where: { ...ask.where },
    window,
    at,
    asOf,
    zone: checkedZone(ask.zone),
  }
}

function subjectOf(text = 'namespace:default'): Ref {
  const namespace = /^namespace:(?:default\/)?([a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)$/i.exec(text.trim())
  if (namespace) return `namespace:${namespace[1]!.toLowerCase()}`
  const ref = toRef(text)
  if (ref.ok) return ref.value
  const { code, message, fix } = ref.problems[0]!
  throw new Refusal(code, message, { fix, path: 'subject' })
}

/** The zone itself when it is one, otherwise a refusal. */
export function checkedZone(zone = 'UTC'): string {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return zone
  } catch {
    throw new Refusal('measure.unknown_zone', `"${zone.slice(0, 60)}" is not a time zone.`, {
      fix: 'Name one as the IANA data base does, for example Europe/Berlin or UTC.',
      path: 'zone',
    })
  }
}

/** The dimensions an answer is limited to: what was asked, and the defaults of the measure. Refuses a dimension it does not have. */
export function dimensionsOf(definition: MeasureDefinition, where: Readonly<Record<string, string>>): Record<string, string> {
  const known = definition.dimensions ?? []
  const strange = Object.keys(where).find((name) => !known.some((dimension) => dimension.name === name))
  if (strange !== undefined && !definition.anyDimension) {
    const names = known.map(({ name }) => name)
    throw new Refusal('measure.unknown_dimension', `${definition.id} cannot be filtered by "${strange}".`, {
      fix: names.length
        ? `It knows ${names.join(', ')}: for example --where ${names[0]}=${known[0]!.default ?? '…'}.`
        : 'Ask it without --where.',
      path: 'where',
    })
  }
  const defaults = known.flatMap(({ name, default: value }) => (value === undefined ? [] : [[name, value] as const]))
  return { ...Object.fromEntries(defaults), ...where }
}
