import { afterAll, beforeAll, expect, it } from 'vitest'
import { type TestGround, testGround } from '../../../../test/support/ground.ts'
import { DAY } from '../../../ground/core/index.ts'
import { installVision, momentOf } from '../../vision/index.ts'
import { feedOfDecisions } from './decision-feed.ts'
import { LogWish } from './log.ts'

const NOW = Date.parse('2026-06-01T12:00:00Z')
const by = 'user:default/test'
const base = 'https://tl.example.org'
let ground: TestGround

const decision = (name: string, spec: Record<string, unknown>) => ({
  apiVersion: 'throughline.dev/v1',
  kind: 'Decision',
  metadata: { name, title: `Use <${name}>` },
  spec: { status: 'accepted', date: '2026-01-01', ...spec },
})

async function feed(search: Record<string, string>): Promise<string> {
  const wish = LogWish.parse(search)
  return feedOfDecisions(wish, await momentOf(wish, ground), ground, { base, search })
}
const titles = (xml: string) => [...xml.matchAll(/<title>(.*?)<\/title>/g)].slice(1).map(([, title]) => title)

beforeAll(async () => {
  ground = await testGround({ now: NOW - 10 * DAY, install: [installVision] })
  await ground.catalog.applyFolder(
    '/decisions',
    [
      decision('old', { date: '2024-03-01', serves: ['outcome:default/faster'], outcome: 'One <script>alert(1)</script> queue.' }),
      decision('young', { date: '2026-02-01', affects: ['component:default/cart'] }),
      decision('refused', { date: '2025-02-01', status: 'rejected' }),
    ],
    { by },
  )
  ground.setNow(NOW)
})
afterAll(() => ground.store.close())

it('a record that changed comes first, dated by its change; what was read in one go stands by the days decided', async () => {
  expect(titles(await feed({}))).toEqual(['Use &lt;young&gt;', 'Use &lt;refused&gt;', 'Use &lt;old&gt;'])
  await ground.catalog.write(
    decision('old', { date: '2024-03-01', status: 'deprecated', outcome: 'One <script>alert(1)</script> queue.' }),
    { by },
  )
  const xml = await feed({})
  expect(titles(xml)[0]).toBe('Use &lt;old&gt;')
  expect(xml).toContain('<id>urn:throughline:decision:decision%3Adefault%2Fold</id>')
  expect(xml).toContain('<updated>2026-06-01T12:00:00')
  expect(xml).toContain('<published>2024-03-01T00:00:00')
  expect(xml).toContain('href="https://tl.example.org/decisions/default/old"')
  expect(xml).toContain('&lt;h2&gt;Decision&lt;/h2&gt;')
  expect(xml).not.toContain('script')
})

it('a feed narrowed by filters is another feed, and one with nothing in it is a feed still', async () => {
  const xml = await feed({ component: 'component:default/cart', status: 'accepted' })
  expect(titles(xml)).toEqual(['Use &lt;young&gt;'])
  expect(xml).toContain('<id>urn:throughline:decisions?component=component%3Adefault%2Fcart&amp;status=accepted</id>')
  expect(xml).toContain(
    '<link rel="alternate" type="text/html" href="https://tl.example.org/decisions?about=component%3Adefault%2Fcart&amp;status=accepted"/>',
  )
  const none = await feed({ status: 'draft' })
  expect(none).not.toContain('<entry>')
  expect(none).toMatch(/<updated>2026-06-01T/)
})
