import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestGround, testGround } from '../../../test/support/ground.ts'
import { parseEvidence } from '../ledger/index.ts'
import { installPeople, joinUsers } from './index.ts'

const BY = 'user:default/boss'
const NOW = Date.parse('2026-06-01T00:00:00Z')

let ground: TestGround
beforeAll(async () => {
  ground = await testGround({ now: NOW, install: [installPeople] })
  await ground.catalog.applyFolder(
    'catalogue',
    [
      user('gone', { until: '2026-03-01' }),
      user('stays', { until: '2027-01-01', memberOf: ['mixed'] }),
      user('quiet', { profile: { email: 'quiet@example.org' } }),
      user('busy', { profile: { email: 'busy@example.org' } }),
      user('unheard'),
      user('gone-too', { until: '2026-04-01', memberOf: ['empty', 'mixed'] }),
      group('empty', ['gone']),
      group('mixed', ['gone']),
      ...['gone', 'quiet', 'busy', 'unheard', 'stays'].map((name) => component(`of-${name}`, `user:${name}`)),
      ...['empty', 'mixed'].map((name) => component(`of-${name}`, name)),
    ],
    { by: BY },
  )
  await joinUsers(ground)
  const seen = { quiet: '2025-02-03', busy: '2026-05-20' }
  for (const [name, at] of Object.entries(seen)) {
    const read = parseEvidence({
      kind: 'commit',
      source: 'git',
      id: name,
      subject: 'repository:default/x',
      at,
      sha: at.replaceAll('-', ''),
      author: `${name}@example.org`,
      authoredAt: at,
      committedAt: at,
      parents: [],
    })
    if (!read.ok) throw new Error(JSON.stringify(read.problems))
    await ground.ledger.append([read.value], { by: BY })
  }
})
afterAll(() => ground.store.close())

const gone = async (at: number) => (await ground.catalog.gaps({ namespace: 'default', at })).filter(({ code }) => code === 'owner_left')

test('what is owned by somebody who left is a gap: on the day that was stated, or after a year without a trace', async () => {
  expect((await gone(NOW)).map(({ ref }) => ref)).toEqual([
    'component:default/of-empty',
    'component:default/of-gone',
    'component:default/of-quiet',
  ])
  expect((await gone(NOW)).map(({ message }) => message)).toEqual([
    'Everybody in group:default/empty, which owns "of-empty", has left; the last on 1 April 2026',
    'user:default/gone, who owns "of-gone", has not been here since 1 March 2026',
    'user:default/quiet, who owns "of-quiet", has not been here since 3 February 2025',
  ])
})

test('before they left they had not left', async () => {
  expect((await gone(Date.parse('2026-03-15T00:00:00Z'))).map(({ ref }) => ref)).toEqual([
    'component:default/of-gone',
    'component:default/of-quiet',
  ])
  expect(await gone(Date.parse('2026-01-01T00:00:00Z'))).toEqual([])
})

function user(name: string, spec: Record<string, unknown> = {}) {
  return { apiVersion: 'backstage.io/v1alpha1', kind: 'User', metadata: { name }, spec: { memberOf: [], ...spec } }
}
function group(name: string, members: string[]) {
  return { apiVersion: 'backstage.io/v1alpha1', kind: 'Group', metadata: { name }, spec: { type: 'team', children: [], members } }
}
function component(name: string, owner: string) {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: { name },
    spec: { type: 'service', lifecycle: 'production', owner },
  }
}
