import { levelsSince } from '../../examples/generator/service-levels.ts'
import { exampleTelemetry } from '../../examples/telemetry.ts'
import { DAY, type Instant } from '../ground/core/index.ts'
import type { Ground } from '../ground/index.ts'
import { Evidence } from '../ground/ledger/index.ts'
import { Telemetry } from '../houses/reliability/index.ts'

const KEY = 'example/live'
const BY = 'user:example/loader'
/** After so long its world stands still: nobody looks at it any more. */
const TOLD_FOR = 7 * DAY
/** What a server that was off missed is told for at most so long. */
const MOST_MISSED = DAY

/** Until when the example company has told how it is. */
interface Told {
  seed: number
  loadedAt: Instant
  until: Instant
}

/** From now on it goes on telling how its services are. */
export async function goOnTelling(
  { intake, clock }: Pick<Ground, 'intake' | 'clock'>,
  { seed, since }: { seed: number; since: Instant },
): Promise<void> {
  await intake.setSetting(KEY, { seed, loadedAt: clock(), until: since } satisfies Told)
}

export async function stopTelling({ intake }: Pick<Ground, 'intake'>): Promise<void> {
  await intake.removeSetting(KEY)
}

/** Whether the example company is loaded, and not too long ago. */
export async function goesOnTelling({ intake, clock }: Pick<Ground, 'intake' | 'clock'>): Promise<boolean> {
  const told = await intake.setting<Told>(KEY)
  return told !== null && clock() < told.loadedAt + TOLD_FOR
}

/** What its services did since it told last: samples of their promises, a few calls and what their logs complain of. */
export async function tellExample(ground: Ground): Promise<void> {
  const { store, ledger, intake, clock } = ground
  const now = clock()
  const span = await store.transaction(async () => {
    // Read here, so that nothing is told of a company that was removed meanwhile.
    const told = await intake.setting<Told>(KEY)
    if (!told || now <= told.until) return null
    const from = Math.max(told.until, now - MOST_MISSED)
    const records = [...levelsSince(told.seed, told.loadedAt, { from, to: now })].map((record) => Evidence.parse(record))
    if (records.length > 0) await ledger.append(records, { by: BY })
    await intake.setSetting(KEY, { ...told, until: now })
    return { from, to: now, seed: told.seed }
  })
  if (span) await sendTelemetry(ground, span)
}

/** What its services sent over OTLP in a while, counted as if they had. */
export async function sendTelemetry(ground: Ground, span: { seed: number; from: Instant; to: Instant }): Promise<void> {
  const { spans, logs, points } = exampleTelemetry(span)
  const telemetry = new Telemetry(ground)
  const hash = (signal: string) => `example/${signal}/${span.seed}/${span.to}`
  await telemetry.take({ signal: 'traces', hash: hash('traces'), items: spans })
  await telemetry.take({ signal: 'logs', hash: hash('logs'), items: logs })
  await telemetry.take({ signal: 'metrics', hash: hash('metrics'), items: points })
}
