import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testStore } from '../../../test/support/store.ts'
import { sql, type Store } from '../store/index.ts'
import { createLedger, type Evidence, knownAt, parseEvidence } from './index.ts'

const by = 'user:default/tester'
let store: Store
let runs = 0

beforeAll(async () => {
  store = await testStore()
})
afterAll(() => store.close())

const ledgerOf = (clock: () => number) => createLedger({ store, clock, pseudonym: (person) => person })

/** What one subject amounts to: every column of the present rows, and who took back what. */
async function stateOf(subject: string): Promise<unknown[]> {
  return store.query(sql`
    select id, at, basis, retracted, extra, title, severity, opened_at, resolved_at, url from evidence_incident where subject = ${subject} and learned_to = 'infinity' order by id`)
}

const day = fc.constantFrom('2026-01-01', '2026-01-02', '2026-01-03')
const said = fc.record(
  {
    id: fc.constantFrom('a', 'b'),
    at: day,
    title: fc.constantFrom('Slow', 'Down'),
    openedAt: day,
    resolvedAt: fc.option(day),
    severity: fc.constantFrom('high', 'low'),
    team: fc.option(fc.constantFrom('x', 'y')),
    assumed: fc.subarray(['title', 'openedAt']),
    basis: fc.constantFrom('observed', 'explicit'),
  },
  { requiredKeys: ['id', 'at', 'title', 'openedAt'] },
)

function incident(subject: string, fields: object): Evidence {
  const read = parseEvidence({ kind: 'incident', source: 'pager', subject, ...fields })
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  return read.value
}

test('the same records in any order, cut anywhere and said again, come to the same state', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(said, { minLength: 1, maxLength: 8 }),
      fc.array(fc.nat(), { minLength: 16, maxLength: 16 }),
      fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 16, maxLength: 16 }),
      async (records, places, sizes) => {
        const straight = `component:default/straight-${(runs += 1)}`
        const shuffled = `component:default/shuffled-${runs}`
        const ledger = ledgerOf(() => 1_770_000_000_000)
        const first = await ledger.append(
          records.map((fields) => incident(straight, fields)),
          { by },
        )
        expect(first.accepted + first.revised + first.duplicates).toBe(records.length)
        const again = [...records, ...records].map((fields, n) => ({ fields, place: places[n]! })).sort((a, b) => a.place - b.place)
        for (let from = 0, n = 0; from < again.length; n += 1) {
          const size = sizes[n]!
          await ledger.append(
            again.slice(from, from + size).map(({ fields }) => incident(shuffled, fields)),
            { by },
          )
          from += size
        }
        expect(await stateOf(shuffled)).toEqual(await stateOf(straight))
        expect(
          await ledger.append(
            records.map((fields) => incident(straight, fields)),
            { by },
          ),
        ).toMatchObject({ accepted: 0, revised: 0, duplicates: records.length })
      },
    ),
    { numRuns: 25 },
  )
})

test('taking back and giving again weighs by when it was decided, not by when it arrived', async () => {
  const decision = fc.record({ at: fc.integer({ min: 1, max: 5 }), undo: fc.boolean(), importId: fc.constantFrom(null, 1, 2) })
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(decision, { minLength: 1, maxLength: 4, selector: ({ at, importId }) => `${at} ${importId}` }),
      async (decisions) => {
        const ledger = ledgerOf(() => 1_770_000_000_000)
        const decide = async (name: string, order: typeof decisions) => {
          const subject = `component:default/${name}-${(runs += 1)}`
          const imports = (importId: number) => runs * 10 + importId
          await ledger.append([incident(subject, { id: 'a', at: '2026-01-01', title: 'Slow', openedAt: '2026-01-01' })], {
            by,
            importId: imports(1),
          })
          await ledger.append([incident(subject, { id: 'a', at: '2026-01-02', title: 'Down', openedAt: '2026-01-01' })], {
            by,
            importId: imports(2),
          })
          for (const { at, undo, importId } of order) {
            await ledger.retract(
              importId === null ? { source: 'pager', id: 'a', kind: 'incident', subject } : { importId: imports(importId) },
              { by, at, undo },
            )
          }
          return (
            await store.query<{ title: string }>(sql`select title from evidence_incident where subject = ${subject} and ${knownAt(null)}`)
          ).map(({ title }) => title)
        }
        const isGone = (importId: number | null) =>
          decisions.filter((one) => one.importId === importId).sort((a, b) => b.at - a.at)[0]?.undo === false
        const left = isGone(null) || (isGone(1) && isGone(2)) ? [] : [isGone(2) ? 'Slow' : 'Down']
        expect(await decide('straight', decisions)).toEqual(left)
        expect(await decide('turned', decisions.toReversed())).toEqual(left)
      },
    ),
    { numRuns: 8 },
  )
})
