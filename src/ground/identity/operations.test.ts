import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestGround, testGround } from '../../../test/support/ground.ts'
import { identityOperations } from './index.ts'

let ground: TestGround
const caller = { person: 'user:default/admin', scopes: ['admin'] as const }
const [create, list, revoke, trail] = identityOperations

beforeAll(async () => {
  ground = await testGround()
})
afterAll(() => ground.store.close())

test('a token is made, listed without its secret, and revoked', async () => {
  const made = create.output.parse(
    await create.run(create.input.parse({ name: 'ci', scopes: ['evidence:write'], person: 'user:ci' }), { ...ground, caller }),
  )
  expect(made.token).toMatchObject({ name: 'ci', person: 'user:default/ci', scopes: ['evidence:write'], expiresAt: null })
  const listed = async () => list.output.parse(await list.run(list.input.parse({}), { ...ground, caller })).tokens
  expect(JSON.stringify(await listed())).not.toContain(made.secret)
  revoke.output.parse(await revoke.run(revoke.input.parse({ id: made.token.id }), { ...ground, caller }))
  expect((await listed())[0]!.revokedAt).not.toBeNull()
})

test('a token that would have ended already is refused', async () => {
  await expect(create.run(create.input.parse({ scopes: ['read'], expiresAt: '2020-01-01' }), { ...ground, caller })).rejects.toMatchObject({
    problem: { code: 'identity.already_expired', path: 'expiresAt' },
  })
  expect(create.input.safeParse({ scopes: ['everything'] }).success).toBe(false)
})

test('the trail says where its next page begins', async () => {
  for (const verb of ['one', 'two', 'three']) await ground.identity.audit({ person: caller.person, verb, target: 'x' })
  const page = async (input: object) => trail.output.parse(await trail.run(trail.input.parse(input), { ...ground, caller }))
  const first = await page({ limit: '2', target: 'x' })
  expect(first.entries.map(({ verb }) => verb)).toEqual(['three', 'two'])
  expect(await page({ limit: '2', target: 'x', before: String(first.next) })).toMatchObject({ entries: [{ verb: 'one' }], next: null })
})
