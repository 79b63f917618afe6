import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestGround, testGround } from '../../../../test/support/ground.ts'
import type { Row } from '../../../ground/core/index.ts'
import type { Scope } from '../evidence/index.ts'
import { installDelivery } from '../index.ts'
import { record, SHOP } from '../scenario.test-data.ts'
import { sayWhose } from './whose.ts'

const TILL = 'component:default/till'

let ground: TestGround
beforeAll(async () => {
  ground = await testGround({ now: Date.parse('2026-05-29T00:00:00Z'), install: [installDelivery] })
  const at = '2026-05-04T10:00:00Z'
  const change = (id: string, subject: string) =>
    record('change', 'forge', id, at, { subject, title: `Change of ${subject}`, openedAt: at, mergedAt: at })
  const records = ['repository:default/bakery', SHOP, 'repository:default/zoo'].map((subject) => change('42', subject))
  const incident = record('incident', 'pager', '1', at, { subject: TILL, title: 'Till stuck', openedAt: at })
  await ground.ledger.append([...records, change('43', TILL), incident], { by: 'user:default/me' })
})
afterAll(() => ground.store.close())

/** A till, which lies in the repository of the shop. */
const scope: Scope = {
  subject: TILL,
  environment: 'production',
  code: [TILL, SHOP],
  deployed: [TILL],
  troubled: [TILL],
  path: 'till',
  except: [],
  repository: SHOP,
}

const row = (id: string, links: Row['links'] = []): Row => ({ id, subject: TILL, value: 1, unit: 's', parts: {}, flags: [], links })

test('a change counts for a component, and its record is found with the repository although others have that number, too', async () => {
  const [change] = await sayWhose(ground.store, [row('change:forge/42')], [scope])
  expect(change).toMatchObject({ subject: TILL, recordOf: SHOP })
  const [own] = await sayWhose(ground.store, [row('change:forge/43')], [scope])
  expect(own!.recordOf).toBeUndefined()
  expect(await ground.ledger.history('change:forge/42', change!.recordOf)).toMatchObject([{ state: { title: `Change of ${SHOP}` } }])
})

test('what a row is linked with names its subject; what no source of its own sent stays as it is', async () => {
  const link = { type: 'caused', method: 'stated', confidence: 1 }
  const [told] = await sayWhose(
    ground.store,
    [
      row('deployment:ci/none', [
        { to: 'incident:pager/1', ...link },
        { to: 'incident:statuspage/1', ...link },
      ]),
    ],
    [scope],
  )
  expect(told!.recordOf).toBeUndefined()
  expect(told!.links).toEqual([
    { to: 'incident:pager/1', of: TILL, ...link },
    { to: 'incident:statuspage/1', ...link },
  ])
})
