import type { Context } from 'hono'
import { formatDay, type Problem, type Ref, Refusal } from '../../ground/core/index.ts'
import type { Ground } from '../../ground/index.ts'
import { readBatches } from '../../sources/ndjson/index.ts'
import type { DoorEnv } from './caller.ts'
import { COME_BACK_SECONDS } from './problem.ts'
import { demand } from './route.ts'

const BATCH = 2_000
const MOST_PROBLEMS = 100
/** Posts read at once; each holds a batch while it waits for the store. */
const AT_ONCE = 128

/**
 * `POST /api/evidence`: NDJSON, a JSON array, CloudEvents or CDEvents. Read as it streams in, kept in durable batches;
 * the answer comes after the last commit. 422 when nothing could be taken, so that `curl --fail` notices; 429 when more
 * posts come in than can be kept.
 */
export function evidenceRoute(ground: Ground, atOnce = AT_ONCE): (context: Context<DoorEnv>) => Promise<Response> {
  const openImport = dailyImports(ground)
  const take = async (context: Context<DoorEnv>): Promise<Response> => {
    const caller = context.get('caller')
    demand(caller, 'evidence:write')
    const importId = await openImport(caller.person)
    const total = { accepted: 0, revised: 0, duplicates: 0, rejected: 0, byKind: {} as Record<string, number>, problems: [] as Problem[] }
    for await (const batch of readBatches(context.req.raw.body ?? [], { headers: context.req.raw.headers, records: BATCH })) {
      const kept = await ground.store.background(() => ground.intake.batch(importId, batch, { by: caller.person }))
      total.accepted += kept.accepted
      total.revised += kept.revised
      total.duplicates += kept.duplicates
      total.rejected += kept.rejected
      for (const [kind, count] of Object.entries(kept.byKind)) total.byKind[kind] = (total.byKind[kind] ?? 0) + count
      total.problems.push(...kept.problems.slice(0, MOST_PROBLEMS - total.problems.length))
    }
    const nothingTaken = total.rejected > 0 && total.accepted + total.revised + total.duplicates === 0
    return context.json({ importId, ...total }, nothingTaken ? 422 : 200)
  }
  let under = 0
  return async (context) => {
    if (under >= atOnce) throw busy()
    under += 1
    try {
      return await take(context)
    } finally {
      under -= 1
    }
  }
}

function busy(): Refusal {
  return new Refusal('evidence.busy', 'More is coming in than can be kept right now.', {
    status: 429,
    fix: `Send it again in ${COME_BACK_SECONDS} seconds; curl --retry does.`,
  })
}

/** One import a person and day, so that a day's posts can be taken back together and a small post costs no extra write. */
function dailyImports(ground: Ground): (person: Ref) => Promise<number> {
  const opened = new Map<string, Promise<number>>()
  return (person) => {
    const day = formatDay(ground.clock())
    const key = `${person} ${day}`
    let found = opened.get(key)
    if (!found) {
      if (opened.size > 1_000) opened.clear()
      found = ground.intake
        .begin({ label: `POST /api/evidence by ${person} on ${day}`, format: 'ndjson', fingerprint: key, by: person })
        .then(({ importId }) => importId)
      opened.set(key, found)
      found.catch(() => opened.delete(key))
    }
    return found
  }
}
