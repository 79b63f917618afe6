import { DAY, type Instant, type Ref } from '../../../ground/core/index.ts'
import type { ExceptionIntent } from '../intent/intents.ts'

/** Where a subject belongs: every name an exception may call it by. */
export interface Belongs {
  subject: string
  /** Its system, domain, owner, repository and namespace. */
  to: readonly string[]
}

/** Whether an exception still holds at a moment. */
export function isLive(exception: ExceptionIntent, at: Instant): boolean {
  return at < exception.until
}

/** How long before its end an exception is put before people. */
const SOON = 14 * DAY

/** Whether an exception still holds, but not for long. */
export function endsSoon(exception: ExceptionIntent, at: Instant): boolean {
  return isLive(exception, at) && exception.until <= at + SOON
}

/** The live exception from an intent that covers a subject by its own name or one it belongs to; the longest-lived wins. */
export function exceptionFor(exceptions: readonly ExceptionIntent[], from: Ref, where: Belongs, at: Instant): ExceptionIntent | null {
  const names = new Set([where.subject, ...where.to])
  const covering = exceptions.filter(
    (exception) => exception.from === from && isLive(exception, at) && exception.subjects.some((subject) => names.has(subject)),
  )
  return covering.sort((a, b) => b.until - a.until || (a.ref < b.ref ? -1 : 1))[0] ?? null
}

/** Exceptions of an intent, split at a moment into those that hold and those that have run out. */
export function splitExceptions(
  exceptions: readonly ExceptionIntent[],
  from: Ref,
  at: Instant,
): { live: ExceptionIntent[]; expired: ExceptionIntent[] } {
  const own = exceptions.filter((exception) => exception.from === from).sort((a, b) => a.until - b.until || (a.ref < b.ref ? -1 : 1))
  return { live: own.filter((exception) => isLive(exception, at)), expired: own.filter((exception) => !isLive(exception, at)) }
}
