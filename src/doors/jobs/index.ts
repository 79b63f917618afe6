import { Refusal } from '../../ground/core/index.ts'
import type { Ground } from '../../ground/index.ts'
import { areUsersBehind, joinUsers } from '../../ground/people/index.ts'
import {
  ageTelemetry,
  anyOldMinutes,
  anyOldTelemetry,
  anyUnsettled,
  dropOldMinutes,
  settleIndicators,
} from '../../houses/reliability/index.ts'
import { anyToTell, tellChanges } from '../../houses/communication/index.ts'
import { anyDelivery, deliverAlerts, lookAtBurns } from '../../houses/reliability/index.ts'
import { deriveStale } from './derive.ts'
import { forgetOld } from './forget.ts'
import { giveBackLeases, withLease } from './lease.ts'
import { anyWatchDue, readDueWatches } from './read-again.ts'

interface Log {
  error(detail: object, message: string): void
}

/** One piece of scheduled work; a failure is logged and the next turn comes all the same. */
interface Job {
  name: string
  everySeconds: number
  /** Whether there is anything to do; an idle store is then not written to. */
  due?(ground: Ground): Promise<boolean>
  run(ground: Ground, signal: AbortSignal): Promise<void>
  /** After how long a lease counts as left behind, where ten minutes are too long. */
  leaseSeconds?: number
  /** Set where several processes may work at once, because each piece of the work has a lease of its own. */
  shared?: true
}

const JOBS: readonly Job[] = [
  { name: 'watches', everySeconds: 30, due: anyWatchDue, run: readDueWatches },
  { name: 'derive', everySeconds: 5, due: ({ ledger }) => ledger.isBehind(), run: deriveStale },
  {
    name: 'pulls',
    everySeconds: 5,
    due: ({ intake }) => intake.pullsDue(),
    run: ({ intake }, signal) => intake.pull(signal),
    shared: true,
  },
  // Twice a minute: samples come by the minute. Whoever holds the lease and dies leaves it soon, since nobody is told meanwhile.
  { name: 'burn alerts', everySeconds: 30, leaseSeconds: 60, run: async (ground) => void (await lookAtBurns(ground)) },
  { name: 'changes of level', everySeconds: 120, due: anyToTell, run: tellChanges },
  { name: 'alert deliveries', everySeconds: 2, due: anyDelivery, run: deliverAlerts, shared: true },
  { name: 'people', everySeconds: 10, due: areUsersBehind, run: joinUsers },
  { name: 'retention', everySeconds: 3_600, due: ({ intake }) => intake.anyOld(), run: forgetOld },
  { name: 'indicators', everySeconds: 15, due: anyUnsettled, run: settleIndicators },
  { name: 'minutes', everySeconds: 3_600, due: anyOldMinutes, run: dropOldMinutes },
  { name: 'telemetry', everySeconds: 3_600, due: anyOldTelemetry, run: ageTelemetry },
  // As often as a server's autovacuum looks (PostgreSQL, autovacuum_naptime); it does nothing where nothing is needed.
  { name: 'maintenance', everySeconds: 60, run: async (ground) => void (await ground.store.maintain()) },
]

/** Work that comes as seldom as this keeps house, and nobody waits for it. */
const HOUSEKEEPING_SECONDS = 60

/** How many seconds work that people wait for waits for its next turn at the most: `JOBS_EVERY_SECONDS`, else as many as each has of its own. */
export function jobsEverySeconds(stated = process.env.JOBS_EVERY_SECONDS): number {
  if (stated === undefined || stated === '') return Infinity
  const seconds = Number(stated)
  if (Number.isFinite(seconds) && seconds >= 1) return seconds
  throw new Refusal('serve.jobs_every', `JOBS_EVERY_SECONDS is "${stated}", which is no number of seconds from 1 on.`, {
    fix: 'Give a number, or leave it out: burn alerts are then looked for every 30 seconds.',
  })
}

/**
 * Starts the scheduled work. Several processes on one server store take turns: whoever holds the job's lease runs it.
 * @param atMostSeconds no work that people wait for waits longer for its next turn
 * @param more what only this process needs, as often as it says
 * @returns stops it, after the work in hand
 */
export async function startJobs(ground: Ground, log: Log, atMostSeconds: number, more: readonly Job[] = []): Promise<() => Promise<void>> {
  await giveBackLeases(ground)
  const timers: NodeJS.Timeout[] = []
  const running = new Set<Promise<void>>()
  const stopping = new AbortController()
  const jobs = JOBS.map((job) =>
    job.everySeconds < HOUSEKEEPING_SECONDS ? { ...job, everySeconds: Math.min(job.everySeconds, atMostSeconds) } : job,
  )
  for (const job of [...jobs, ...more]) {
    let busy = false
    const turn = () => {
      if (busy) return
      busy = true
      const work = take(job, ground, stopping.signal)
        .catch((error: unknown) => log.error({ err: error, job: job.name }, 'scheduled work failed'))
        .finally(() => {
          busy = false
          running.delete(work)
        })
      running.add(work)
    }
    const timer = setInterval(turn, job.everySeconds * 1000)
    timer.unref()
    timers.push(timer)
  }
  return async () => {
    timers.forEach(clearInterval)
    stopping.abort()
    await Promise.all(running)
  }
}

async function take(job: Job, ground: Ground, signal: AbortSignal): Promise<void> {
  if (job.due && !(await job.due(ground))) return
  const work = () => ground.store.background(() => job.run(ground, signal))
  // An embedded store has one process: holding its folder is all the lease it takes.
  if (job.shared || ground.store.mode === 'embedded') await work()
  else await withLease(ground, job.name, job.leaseSeconds ?? Math.max(600, job.everySeconds), work)
}
