import fc from 'fast-check'
import type * as z from 'zod'
import { expect, test } from 'vitest'
import { operations } from '../../../src/doors/http/api.ts'
import { Refusal } from '../../../src/ground/core/index.ts'
import type { Ground } from '../../../src/ground/index.ts'
import { type Evidence, type EvidenceKind, parseEvidence } from '../../../src/ground/ledger/index.ts'
import { sql, type Store } from '../../../src/ground/store/index.ts'
import { groundOn } from '../../../src/main.ts'
import { testStore } from '../../support/store.ts'
import { anyWorld, type Ask, START, type Step } from './world.ts'

/** Worlds to look at: RUNS=200 searches, from another seed each time; SEED and PATH_TO give one again, SHRINK makes it small. */
const RUNS = Number(process.env.RUNS ?? 0)
const SEED = process.env.SEED === undefined ? (RUNS ? Date.now() : 20_260_601) : Number(process.env.SEED)

const by = 'user:default/test'

/** A report as it was taken, and what takes it again. */
interface Taken {
  ask: Ask
  asOf: string
  answer: string
}

test(
  'a report repeated with the as-of it states is the same report to the last byte, whatever was learned since',
  async () => {
    await fc.assert(
      fc.asyncProperty(anyWorld, async (steps) => {
        const store = await testStore()
        try {
          let now = START
          const ground = groundOn(store, () => now, Buffer.alloc(32, 1))
          const taken: Taken[] = []
          for (const step of steps) {
            if (step.do === 'wait') now += step.ms
            else if (step.do === 'report')
              for (const ask of step.asks) for (const one of await settled(store, ask)) taken.push(...(await take(ground, one)))
            else await happen(ground, step)
          }
          for (const { ask, asOf, answer } of taken) {
            const [again] = await take(ground, { ...ask, input: { ...ask.input, asOf } })
            expect(differenceOf(answer, again?.answer ?? ''), `${JSON.stringify(ask)} as of ${asOf}`).toBe('')
          }
        } finally {
          await store.close()
        }
      }),
      {
        seed: SEED,
        numRuns: RUNS || 4,
        endOnFailure: process.env.SHRINK === undefined,
        ...(process.env.PATH_TO ? { path: process.env.PATH_TO } : {}),
      },
    )
  },
  240_000 + RUNS * 60_000,
)

/** Asks as the doors do; nothing where there is nothing to answer. */
async function take(ground: Ground, ask: Ask): Promise<Taken[]> {
  const found = operations.find(({ id }) => id === ask.id)!
  const operation: { input: z.ZodType; output: z.ZodType; run: (ask: never, context: never) => Promise<unknown> } = found
  const context = { ...ground, caller: { person: by, scopes: ['admin'] } }
  const answer = await operation.output.parseAsync(
    await operation.run((await operation.input.parseAsync(ask.input)) as never, context as never),
  )
  const asOf = statedAsOf(answer)
  return asOf === null ? [] : [{ ask, asOf, answer: JSON.stringify(answer, null, 1) }]
}

const TRACED = ['commit', 'change', 'deployment', 'work_item', 'incident'] as const
const RECORDS = [...TRACED, 'measurement', 'product_event', 'event'] as const

/** Names of all records there are. */
async function recordsIn(store: Store, kinds: readonly EvidenceKind[]): Promise<{ kind: EvidenceKind; source: string; id: string }[]> {
  const tables = kinds.map((kind) => sql`select ${kind} as kind, source, id from ${sql.table(`evidence_${kind}`)}`)
  return store.query(sql`${sql.join(tables, sql` union `)} order by 1, 2, 3`)
}

function records(given: readonly object[]): Evidence[] {
  return given.flatMap((record) => {
    const read = parseEvidence(record)
    return read.ok ? [read.value] : []
  })
}

/** A trace that begins with one of the records there are, once it is known which. */
async function settled(store: Store, { pick, ...ask }: Ask): Promise<Ask[]> {
  if (pick === undefined) return [ask]
  const known = await recordsIn(store, TRACED)
  const { kind, source, id } = known[pick % Math.max(1, known.length)] ?? {}
  return kind ? [{ ...ask, input: { ...ask.input, ref: `${kind}:${source}/${id}` } }] : []
}

/** The lines from the first that differs on; empty when none does. */
function differenceOf(before: string, after: string): string {
  if (before === after) return ''
  const [was, is] = [before.split('\n'), after.split('\n')]
  const first = was.findIndex((line, index) => line !== is[index])
  const part = (lines: string[]) => lines.slice(Math.max(0, first - 12), first + 12).join('\n')
  return `was\n${part(was)}\nis\n${part(is)}`
}

/** The as-of an answer states: its own, or that of its readings. */
function statedAsOf(answer: unknown): string | null {
  const { asOf, readings } = answer as { asOf?: string; readings?: { asOf: string }[] }
  return asOf ?? readings?.[0]?.asOf ?? null
}

async function happen(ground: Ground, step: Exclude<Step, { do: 'wait' | 'report' }>): Promise<void> {
  const { ledger, catalog, store } = ground
  try {
    switch (step.do) {
      case 'learn':
        await ledger.append(records(step.records), { by })
        return
      case 'retract': {
        const known = await recordsIn(store, RECORDS)
        const picked = known[step.pick % Math.max(1, known.length)]
        if (picked) await ledger.retract(picked, { by, at: ledger.now(), undo: step.undo })
        return
      }
      case 'erase':
        // Erased is erased for good; a namespace that was never real must not change reports about others.
        await ledger.append(
          records([
            { kind: 'measurement', source: 'x', id: '1', subject: 'repository:gone/x', at: '2026-01-10', measure: 'hours', value: 1 },
          ]),
          { by },
        )
        await ledger.erase('gone')
        return
      case 'write':
        await catalog.write(step.draft, { by })
        return
      case 'remove':
        await catalog.remove(step.ref, { by })
        return
      case 'apply':
        await catalog.applyFolder(
          step.folder,
          step.drafts.map((draft, line) => ({ ...draft, file: step.file, line })),
          { by },
        )
        return
      case 'settle': {
        const { links } = await catalog.suggestions({ limit: 100 })
        const { total, links: kept } = { total: links.length, links }
        const known = total > 0 ? kept : await catalog.links(['outcome:default/faster'], ['accepted', 'refused'])
        const link = known[step.pick % Math.max(1, known.length)]
        if (link) await catalog.settle(link, step.status, { by })
      }
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error // refusals are part of life: what is not there cannot be removed
  }
}
