import { afterAll, beforeAll, expect, it } from 'vitest'
import { testFolder } from '../../test/support/folder.ts'
import { testGround, type TestGround } from '../../test/support/ground.ts'
import { installDelivery } from '../houses/delivery/index.ts'
import { installPlatform } from '../houses/platform/index.ts'
import { installVision, visionOperations } from '../houses/vision/index.ts'
import { lintFolder } from './intent-folder.ts'

/** A strategy with one fault of each kind; the comment on a line names the objection expected there. */
const PLANTED = `apiVersion: throughline.dev/v1
kind: Vision
metadata: { name: vision, title: Vision }
spec:
  statement: A world-class shop people come back to.        # lint.vague
  horizon: 2028-12-31
  outcomes: [no-measure, no-baseline, no-owner]
---
apiVersion: throughline.dev/v1
kind: Outcome
metadata: { name: no-measure, title: No measure }
spec:                                                        # lint.no_measure
  statement: People come back.
  owner: shop
  baseline: { value: 1, at: 2026-01-01 }
  target: { value: 2, by: 2027-01-01 }
---
apiVersion: throughline.dev/v1
kind: Outcome
metadata: { name: no-baseline, title: No baseline }
spec:                                                        # lint.no_baseline
  statement: Changes reach people sooner.
  owner: shop
  measure: delivery.change_lead_time
  target: { value: 1d, by: 2027-01-01 }
---
apiVersion: throughline.dev/v1
kind: Outcome
metadata: { name: no-owner, title: No owner }
spec:                                                        # lint.no_owner
  statement: Changes reach people sooner.
  measure: delivery.change_lead_time
  baseline: { value: 4d, at: 2026-01-01 }
  target:
    value: 20%                                               # lint.target_unit
    by: 2025-06-01                                           # lint.dates_cross
---
apiVersion: throughline.dev/v1
kind: Outcome
metadata: { name: no-target, title: No target }
spec:                                                        # lint.no_target
  statement: Changes reach people sooner.
  owner: shop
  measure: shop.visits                                       # lint.measure_unknown
  baseline: { value: 4, at: 2026-01-01 }
---
apiVersion: throughline.dev/v1
kind: Outcome
metadata: { name: easy, title: Easy }
spec:                                                        # lint.no_work
  statement: Changes reach people sooner.
  owner: shop
  measure: delivery.change_lead_time
  baseline: { value: 4d, at: 2026-01-01 }
  target:
    value: 5d                                                # lint.target_easier
    by: 2027-06-01
---
apiVersion: throughline.dev/v1
kind: Principle
metadata: { name: nice, title: Be nice }
spec:                                                        # lint.forbids_nothing lint.no_signals lint.cited_both_ways
  statement: Be nice.
  serves: [no-measure, no-baseline, no-owner, no-target]
---
apiVersion: throughline.dev/v1
kind: Outcome
metadata: { name: unread, title: Unread }
spec:
  statement: It has a target without a day.
  target: { value: 5 }                                       # catalog.bad_spec
---
apiVersion: throughline.dev/v1
kind: Decision
metadata: { name: '1', title: For }
spec: { status: accepted, supports: [nice] }
---
apiVersion: throughline.dev/v1
kind: Decision
metadata: { name: '2', title: Against }
spec: { status: accepted, against: [nice] }
`

const [, , documents] = visionOperations
const caller = { person: 'user:default/reader', scopes: ['read'] as const }
let ground: TestGround

beforeAll(async () => {
  ground = await testGround({ now: Date.parse('2026-12-01T12:00:00Z'), install: [installDelivery, installPlatform, installVision] })
})
afterAll(() => ground.store.close())

const lint = (folder: string) =>
  lintFolder(folder, ground.catalog, async (drafts) => documents.run(documents.input.parse({ drafts }), { ...ground, caller }))

it('each planted fault is found in its file, on its line, and nothing else is', async () => {
  const planted = PLANTED.split('\n').flatMap((text, index) =>
    [...(text.split('# ')[1] ?? '').matchAll(/\w+\.\w+/g)].map(([code]) => `${index + 1} ${code}`),
  )
  const { problems } = await lint(testFolder({ 'strategy.yaml': PLANTED }))
  expect(problems.map(({ line, code }) => `${line} ${code}`).sort()).toEqual(planted.sort())
  expect(new Set(problems.map(({ file }) => file))).toEqual(new Set(['strategy.yaml']))
  expect(problems.filter(({ fix }) => !fix)).toEqual([])
  expect(await ground.catalog.count({ kind: 'outcome' })).toBe(0)
})

it('an eighth headline measure is named where it stands', async () => {
  const measure = (name: string) =>
    `apiVersion: throughline.dev/v1\nkind: Measure\nmetadata: { name: ${name} }\nspec: { question: How many?, unit: count, headline: [{ audience: product }] }\n`
  const measures = Array.from({ length: 8 }, (_, index) => measure(`shop.m${index}`)).join('---\n')
  const { problems } = await lint(testFolder({ 'measures.yaml': measures }))
  expect(problems).toMatchObject([{ code: 'measure.too_many_headlines', file: 'measures.yaml', line: 39 }])
})

it('a folder that is not there is refused, not called clean', async () => {
  await expect(lint('/nowhere/at/all')).rejects.toThrow('There is nothing to read')
})

it('our own vision has nothing a careful reader would object to', async () => {
  expect((await lint(new URL('../../throughline/', import.meta.url).pathname)).problems).toEqual([])
})
