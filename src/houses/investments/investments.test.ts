import { afterAll, beforeAll, expect, test } from 'vitest'
import type { EntityDraft } from '../../ground/catalog/index.ts'
import { seriesOperations } from '../../ground/measures/index.ts'
import { testGround, type TestGround } from '../../../test/support/ground.ts'
import { installInvestments } from './index.ts'
import { installVision } from '../vision/index.ts'

const by = 'user:default/dev-1'
let ground: TestGround

beforeAll(async () => {
  ground = await testGround({ now: Date.parse('2026-06-20T12:00:00Z'), install: [installVision, installInvestments] })
  const of = (kind: string, name: string, spec: Record<string, unknown>, title?: string): EntityDraft => ({
    apiVersion: 'throughline.dev/v1',
    kind,
    metadata: { name, ...(title ? { title } : {}) },
    spec,
  })
  await ground.catalog.applyFolder(
    'here',
    [
      of('Outcome', 'faster', { statement: 'Changes arrive within a day.', measure: 'delivery.change_lead_time' }),
      of(
        'Investment',
        'fast-tests',
        {
          statement: 'Tests run in a minute.',
          kind: 'improve',
          status: 'done',
          start: '2026-05-04',
          end: '2026-06-01',
          serves: ['faster'],
          effects: [
            {
              measure: 'delivery.change_lead_time',
              subject: 'component:default/shop',
              p10: '-40%',
              p50: '-30%',
              p90: '0%',
              by: '2026-09-01',
            },
          ],
          cost: { peopleWeeks: 8 },
        },
        'Fast tests',
      ),
    ],
    { by },
  )
})
afterAll(() => ground.store.close())

test('trace leads from an outcome to the investment that serves it and the component it changes', async () => {
  const down = await ground.catalog.trace('outcome:default/faster', 'down', 3)
  expect(down.nodes.map(({ id }) => id)).toEqual(expect.arrayContaining(['investment:default/fast-tests', 'component:default/shop']))
  const up = await ground.catalog.trace('investment:default/fast-tests', 'up', 3)
  expect(up.nodes.map(({ id }) => id)).toContain('outcome:default/faster')
})

test('a series tells when an investment began and when it was finished', async () => {
  const [, annotations] = seriesOperations
  const told = async (subject: string) => {
    const ask = { zone: 'UTC', from: '2026-05-01', to: '2026-06-15', bucket: 'day' as const, subject }
    const answer = await annotations.run(ask, { ...ground, caller: { person: by, scopes: ['read'] } })
    return answer.annotations.map(({ at, title }) => `${at.slice(0, 10)} ${title}`)
  }
  expect(await told('component:default/shop')).toEqual(['2026-05-04 Fast tests begins', '2026-06-01 Fast tests is finished'])
  expect(await told('component:default/till')).toEqual([])
})
