import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { parse } from 'yaml'
import * as z from 'zod'
import { parseEvidence } from '../src/ground/ledger/index.ts'
import { installDelivery } from '../src/houses/delivery/index.ts'
import { installExperiments } from '../src/houses/experiments/index.ts'
import { effectOperations, installInvestments } from '../src/houses/investments/index.ts'
import { installVision } from '../src/houses/vision/index.ts'
import { readFolder } from '../src/sources/files/index.ts'
import { testGround, type TestGround } from '../test/support/ground.ts'
import { yearBefore } from './generator/calendar.ts'
import { pageSpeed } from './generator/page-speed.ts'
import { trials } from './generator/trials.ts'
import { COMPANY_FOLDER, movedTo } from './move-dates.ts'

const NOW = Date.parse('2027-04-20T08:00:00Z')
const BY = 'user:example/loader'
const { effects } = z
  .looseObject({
    effects: z.array(
      z.object({
        investment: z.string(),
        subject: z.string(),
        design: z.string(),
        verdict: z.string(),
        true: z.number(),
        because: z.string(),
      }),
    ),
  })
  .parse(parse(readFileSync(new URL('planted.yaml', import.meta.url), 'utf8')))
let ground: TestGround

beforeAll(async () => {
  ground = await testGround({ now: NOW, install: [installDelivery, installExperiments, installVision, installInvestments] })
  const read = await readFolder(COMPANY_FOLDER, { checkDraft: (draft) => ground.catalog.checkDraft(draft), namespace: 'example' })
  await ground.catalog.applyFolder('company', movedTo(read.drafts, NOW), { by: BY })
  const year = yearBefore(NOW)
  const records = [...pageSpeed(1, year), ...trials(1, year)].map((record) => parseEvidence(record))
  await ground.ledger.append(
    records.flatMap((one) => (one.ok ? [one.value] : [])),
    { by: BY },
  )
})
afterAll(() => ground.store.close())

const [since, ofInvestment] = effectOperations
const caller = { person: BY, scopes: ['read'] as const }

it.each(effects)('$investment: $verdict, for $because', async ({ investment, subject, design, verdict, true: truth }) => {
  const told = await ofInvestment.run({ ref: investment, weeks: 26, zone: 'UTC' }, { ...ground, caller })
  expect(told).toMatchObject({ subject, design, verdict })
  expect(told.interval!.low).toBeLessThan(truth)
  expect(told.interval!.high).toBeGreaterThan(truth)
})

it('before and after alone would have missed the one and found the other', async () => {
  const alone = (subject: string) =>
    since.run({ measure: 'web.page_seconds', subject, at: '2026-12-15', control: 'none', weeks: 26, zone: 'UTC' }, { ...ground, caller })
  const [portal, payments] = [await alone('component:example/customer-portal'), await alone('component:example/payments')]
  expect(portal.verdict).toBe('no_effect')
  expect(payments.effect).toBeGreaterThan(0)
  expect(payments.verdict).toBe('effect')
})
