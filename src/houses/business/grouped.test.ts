import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestGround, testGround } from '../../../test/support/ground.ts'
import { type Evidence, parseEvidence } from '../../ground/ledger/index.ts'
import { instantIn } from '../../ground/measures/index.ts'
import { installBusiness } from './index.ts'
import { late, measures, NOW, onTime, ZONE } from './scenario.test-data.ts'

const by = 'user:default/test'
const NAMES = ['app', 'shop', 'web']
let ground: TestGround

/** Everybody does in each component what they do in one of them, so that the same names stand in all three. */
beforeAll(async () => {
  ground = await testGround({ now: NOW, install: [installBusiness] })
  const components = NAMES.map((name) => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name },
    spec: { type: 'service', lifecycle: 'production', owner: 'unknown' },
  }))
  await ground.catalog.applyFolder('/intent', [...components, ...measures], { by })
  const told = [...onTime, ...late].map((input): Evidence => {
    const read = parseEvidence(input)
    if (!read.ok) throw new Error(JSON.stringify(read.problems))
    return read.value
  })
  // Each component leaves out another part, so that a piece that took another's people would come to something else; six of
  // everybody, so that no group is too small to be told.
  const copies = NAMES.flatMap((name, left) =>
    [1, 2, 3, 4, 5, 6].flatMap((copy) =>
      told
        .filter((_, n) => n % 7 !== left)
        .map((one) => ({
          ...one,
          subject: `component:default/${name}`,
          id: `${name} ${copy} ${one.subject} ${one.id}`,
          ...('actor' in one && { actor: `${one.actor} ${copy}` }),
        })),
    ),
  )
  await ground.ledger.append(copies, { by })
})
afterAll(() => ground.store.close())

test.each(measures.map(({ metadata }) => metadata.name))('%s of each component is what it is of that component alone', async (measure) => {
  const window = { from: instantIn(ZONE, '2026-03-02', 'from'), to: instantIn(ZONE, '2026-04-13', 'to'), at: NOW, zone: ZONE }
  for (const bucket of [undefined, 'week' as const]) {
    const ask = { measure, ...window, ...(bucket && { bucket }) }
    const together = await ground.measures.readMany({ ...ask, subject: 'namespace:default', by: 'component' })
    expect(together.filter(({ value }) => value !== null).length).toBeGreaterThan(0)
    for (const name of NAMES) {
      const subject = `component:default/${name}`
      const alone = await ground.measures.readMany({ ...ask, subject })
      const told = ({ value, n, excluded, interval, unknown }: (typeof alone)[number]) => ({ value, n, excluded, interval, unknown })
      expect(together.filter((one) => one.subject === subject).map(told)).toEqual(alone.map(told))
    }
  }
})
