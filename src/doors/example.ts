import * as z from 'zod'
import { gateHistory } from '../../examples/gate.ts'
import { generateExample } from '../../examples/generate.ts'
import type { ExampleRecord } from '../../examples/generator/record.ts'
import { COMPANY_FOLDER, movedTo } from '../../examples/move-dates.ts'
import { DAY, HOUR, operation } from '../ground/core/index.ts'
import type { Ground } from '../ground/index.ts'
import { Evidence } from '../ground/ledger/index.ts'
import { eraseToldChanges } from '../houses/communication/index.ts'
import { eraseGateAnswers, gateAnswer, keepAnswer, overrideDraft } from '../houses/governance/index.ts'
import { eraseAlerts, eraseTelemetry, silence } from '../houses/reliability/index.ts'
import { eraseBallots } from '../houses/reviews/index.ts'
import { goOnTelling, sendTelemetry, stopTelling } from './example-live.ts'
import { applyFolder, readHere } from './intent-folder.ts'

const NAMESPACE = 'example'
const LOADER = 'user:example/loader'
/** What was decided on the way, beside what the folder says. */
const OVERRIDES = `${COMPANY_FOLDER}/gate-overrides`
/** Of so long before it is loaded its telemetry tells. */
const TELEMETRY_BEFORE = 3 * HOUR

/** Loads the example company: its intent in real formats and a generated year of records, in namespace `example`. */
export async function loadExample(
  ground: Ground,
  wish: { seed?: number; events?: number },
  report: (records: number) => void = () => {},
): Promise<{ records: number; entities: number }> {
  const now = ground.clock()
  const applied = await applyFolder(
    COMPANY_FOLDER,
    readHere((draft) => ground.catalog.checkDraft(draft), { namespace: NAMESPACE }),
    ({ folder, drafts, ...how }) => ground.catalog.applyFolder(folder, movedTo(drafts, now), { ...how, by: LOADER }),
  )
  await silenceTickets(now, ground)
  const { importId } = await ground.intake.begin({ label: 'example company', format: 'ndjson', by: LOADER })
  const seed = wish.seed ?? 1
  let records = 0
  const released: ExampleRecord[] = []
  for (const batch of generateExample({ seed, events: wish.events ?? 50_000, now })) {
    released.push(...batch.filter(({ kind }) => kind === 'deployment' || kind === 'incident' || kind === 'commit'))
    const parsed = batch.map((record) => ({ record: Evidence.parse(record) }))
    await ground.store.background(() => ground.intake.batch(importId, parsed, { by: LOADER }))
    records += batch.length
    report(records)
  }
  await ground.intake.finish(importId)
  const sent = ground.clock()
  await sendTelemetry(ground, { seed, from: sent - TELEMETRY_BEFORE, to: sent })
  await ground.store.maintain()
  await askPast(gateHistory(released, { seed, now }), ground)
  await goOnTelling(ground, { seed, since: now })
  return { records, entities: applied.entities }
}

/** Everybody knows that sorting breaks its promise: nobody is told of it again until its new scanners have come. */
async function silenceTickets(now: number, ground: Ground): Promise<void> {
  await silence(
    {
      namespace: 'example',
      service: 'component:example/sorting',
      slo: null,
      severity: 'ticket',
      reason: 'Known: the new scanners come next week, until then the budget policy stops everything else.',
      until: now + 5 * DAY,
    },
    'user:example/iver-lund',
    ground,
  )
}

/** Puts to the gate what the company's pipelines asked, each about its moment and by what is known now: nothing was known here then. */
async function askPast({ asks, overrides }: ReturnType<typeof gateHistory>, ground: Ground): Promise<void> {
  const drafts = overrides.map(({ by, from, ...wish }) => overrideDraft({ ...wish, environment: 'production' }, { by, from }))
  await ground.catalog.applyFolder(OVERRIDES, drafts, { by: LOADER })
  const asOf = await ground.ledger.present()
  const kept: Promise<boolean>[] = []
  for (const { at, person, ...release } of asks) {
    const answer = await ground.store.background(() => gateAnswer({ ...release, environment: 'production' }, { at, asOf }, ground))
    kept.push(keepAnswer(answer, { person, at }, null, ground))
  }
  await Promise.all(kept)
}

/** Removes the example company: what was declared, also by hand, what was recorded, and all that was asked and told of it. */
export async function removeExample(ground: Ground): Promise<{ records: number; entities: number }> {
  const { catalog, identity, ledger } = ground
  await stopTelling(ground)
  let removed = 0
  for (const folder of [COMPANY_FOLDER, OVERRIDES]) removed += (await catalog.applyFolder(folder, [], { by: LOADER })).removed
  // What another folder states in this namespace is its own: the next apply would bring it back.
  const byHand = (await catalog.list({ namespace: NAMESPACE })).filter(({ folder, origin }) => folder === undefined || origin !== 'file')
  for (const { ref } of byHand) await catalog.remove(ref, { by: LOADER })
  const records = await ledger.erase(NAMESPACE)
  for (const erase of [eraseTelemetry, eraseAlerts, eraseToldChanges, eraseGateAnswers, eraseBallots]) await erase(ground, NAMESPACE)
  await identity.links.erase(NAMESPACE)
  return { records, entities: removed + byHand.length }
}

const Counts = z.object({ records: z.number().int(), entities: z.number().int() })

export const exampleOperations = [
  operation({
    id: 'example.load',
    method: 'post',
    path: '/example',
    scope: 'admin',
    summary: 'Loads the example company into the namespace "example"',
    input: z.strictObject({
      events: z.coerce.number().int().min(100).max(5_000_000).default(50_000),
      seed: z.coerce.number().int().default(1),
    }),
    output: Counts,
    run: (ask, ground: Ground) => loadExample(ground, ask),
  }),
  operation({
    id: 'example.remove',
    method: 'delete',
    path: '/example',
    scope: 'admin',
    summary: 'Removes the example company and all its records',
    input: z.object({}),
    output: Counts,
    run: (_, ground: Ground) => removeExample(ground),
  }),
] as const
