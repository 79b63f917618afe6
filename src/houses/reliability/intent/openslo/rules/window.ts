import { HOUR } from '../../../../../ground/core/index.ts'
import { lengthOf, parseSloDuration } from '../durations.ts'
import type { SloSpec } from '../shapes.ts'
import { durationFindings } from './durations.ts'
import { type Finding, isStated, refused, remark, strictly } from './finding.ts'

const PATH = 'spec.timeWindow'
type TimeWindow = NonNullable<SloSpec['timeWindow']>[number]

/** Exactly one window, rolling or by the calendar. */
export function windowFindings(windows: SloSpec['timeWindow']): Finding[] {
  if (!isStated(windows) || windows.length === 0)
    return [
      strictly(
        'time_window_missing',
        isStated(windows) ? PATH : 'spec',
        'No timeWindow is stated; the last four weeks are taken',
        'Add timeWindow with one item, for example duration: 28d and isRolling: true.',
      ),
    ]
  if (windows.length > 1)
    return [
      refused(
        'time_window_one',
        `${PATH}.1`,
        `${windows.length} windows are stated; an SLO has one`,
        'Keep one, and write another SLO for each other.',
      ),
    ]
  const [window] = windows
  return [
    ...durationFindings(window!.duration, `${PATH}.0.duration`),
    ...kindFindings(window!),
    ...calendarFindings(window!),
    ...lengthFindings(window!),
  ]
}

function kindFindings({ isRolling, calendar }: TimeWindow): Finding[] {
  if (isStated(calendar))
    return isRolling
      ? [
          refused(
            'rolling_calendar',
            `${PATH}.0.calendar`,
            'The window is rolling and has a calendar',
            'Remove the calendar, or write isRolling: false.',
          ),
        ]
      : []
  if (isRolling) return []
  return isRolling === false
    ? [
        refused(
          'calendar_missing',
          `${PATH}.0.isRolling`,
          'The window is not rolling and has no calendar',
          'Add calendar with startTime and timeZone, or write isRolling: true.',
        ),
      ]
    : [
        strictly(
          'rolling_unstated',
          `${PATH}.0`,
          'Neither isRolling nor calendar is stated; the window is read as rolling',
          'Write isRolling: true.',
        ),
      ]
}

function calendarFindings({ calendar }: TimeWindow): Finding[] {
  if (!isStated(calendar)) return []
  const { startTime, timeZone } = calendar
  const fix = 'Write YYYY-MM-DD hh:mm:ss in the time of its zone, for example 2026-01-01 00:00:00.'
  return [
    ...(isWallTime(startTime)
      ? startTime.includes('T')
        ? [strictly('start_time', `${PATH}.0.calendar.startTime`, `"${startTime}" has a T between day and time`, fix)]
        : []
      : [refused('start_time', `${PATH}.0.calendar.startTime`, `"${startTime.slice(0, 40)}" is not a time without a zone`, fix)]),
    ...(isTimeZone(timeZone)
      ? []
      : [
          refused(
            'time_zone',
            `${PATH}.0.calendar.timeZone`,
            `"${timeZone.slice(0, 60)}" is not a zone of the IANA database`,
            'Write for example Europe/Berlin or UTC.',
          ),
        ]),
  ]
}

/** Nobody promises by the minute: `1m` is most often a month that was meant. */
function lengthFindings({ duration }: TimeWindow): Finding[] {
  const read = parseSloDuration(duration)
  if (!read || lengthOf(read) >= HOUR) return []
  return [
    remark(
      'window_of_minutes',
      `${PATH}.0.duration`,
      `The window is ${read.count === 1 ? 'one minute' : `${read.count} minutes`} long`,
      `Did you mean ${read.count}M, ${read.count === 1 ? 'a month' : 'months'}?`,
    ),
  ]
}

function isWallTime(text: string): boolean {
  const match = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2})$/.exec(text)
  if (!match) return false
  const moment = Date.parse(`${match[1]}T${match[2]}Z`)
  return !Number.isNaN(moment) && new Date(moment).toISOString().startsWith(`${match[1]}T${match[2]}`)
}

function isTimeZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone })
    return true
  } catch {
    return false
  }
}
