import { afterAll, beforeAll, expect, test } from 'vitest'
import { testStore } from '../../../test/support/store.ts'
import { HOUR } from '../core/index.ts'
import { sql, type Store } from '../store/index.ts'
import { createLedger, type Evidence, type Ledger, parseEvidence } from './index.ts'

const by = 'user:default/tester'

let store: Store
let ledger: Ledger
let now = Date.parse('2026-05-02T00:00:00Z')
beforeAll(async () => {
  store = await testStore()
  ledger = createLedger({ store, clock: () => now, pseudonym: (person) => person })
})
afterAll(() => store.close())

function incident(id: string, service: string, hour: number, more: object = {}): Evidence {
  const read = parseEvidence({
    kind: 'incident',
    source: 'pager',
    id,
    subject: `component:default/${service}`,
    at: `2026-05-01T0${hour}:00:00Z`,
    openedAt: '2026-05-01T01:00:00Z',
    title: 'It does not answer',
    ...more,
  })
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  return read.value
}

function orders<T>(of: readonly T[]): T[][] {
  if (of.length < 2) return [[...of]]
  return of.flatMap((one, place) => orders(of.toSpliced(place, 1)).map((rest) => [one, ...rest]))
}

const standing = async (id: string) =>
  (
    await store.query<{ subject: string }>(
      sql`select subject from evidence_incident where id = ${id} and learned_to = 'infinity' and not retracted order by subject`,
    )
  ).map(({ subject }) => subject)

test('what moves stands with whom it was told of last, in whatever order that was told', async () => {
  const stories = [
    { services: ['checkout', 'payments'], last: 'payments' },
    { services: ['checkout', 'payments', 'checkout'], last: 'checkout' },
    { services: ['checkout', 'payments', 'search', 'payments'], last: 'payments' },
  ]
  let told = 0
  for (const { services, last } of stories)
    for (const order of orders(services.map((service, hour) => ({ service, hour: hour + 1 })))) {
      const id = `${(told += 1)}`
      for (const { service, hour } of order) {
        now += HOUR
        await ledger.append([incident(id, service, hour)], { by })
        await ledger.leaveWithLast('incident', [{ source: 'pager', id }], { by })
      }
      expect(await standing(id), JSON.stringify(order)).toEqual([`component:default/${last}`])
    }
})

test('what was known before stays known, another of the same number elsewhere is another, and one that is taken back by hand stays so', async () => {
  await ledger.append([incident('moved', 'checkout', 1), incident('other', 'checkout', 1)], { by })
  const before = ledger.now()
  now += HOUR
  await ledger.append([incident('moved', 'payments', 2)], { by })
  await ledger.leaveWithLast('incident', [{ source: 'pager', id: 'moved' }], { by })
  const known = await store.query<{ subject: string }>(
    sql`select subject from evidence_incident where id = 'moved' and learned_from <= ${new Date(before)}::timestamptz and learned_to > ${new Date(before)}::timestamptz and not retracted`,
  )
  expect(known).toEqual([{ subject: 'component:default/checkout' }])
  expect(await standing('other')).toEqual(['component:default/checkout'])
  await ledger.retract({ source: 'pager', id: 'other' }, { by, at: Date.parse('2026-05-01T05:00:00Z') })
  await ledger.leaveWithLast('incident', [{ source: 'pager', id: 'other' }], { by })
  expect(await standing('other')).toEqual([])
})
