import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testStore } from '../../../test/support/store.ts'
import { DAY, Refusal } from '../core/index.ts'
import { sql, type Store } from '../store/index.ts'
import { createIdentity, type Identity } from './index.ts'

const secret = Buffer.alloc(32, 7)
const admin = 'user:default/admin'

let store: Store
let now = Date.parse('2026-03-01T00:00:00Z')
let identity: Identity

beforeAll(async () => {
  store = await testStore()
  identity = createIdentity({ store, clock: () => now, secret })
})
afterAll(() => store.close())

test('without a token everybody at the machine may act; with one, only who holds it', async () => {
  expect(await identity.guarded()).toBe(false)
  const { token, secret: shown } = await identity.createToken(
    { name: 'pipeline', scopes: ['evidence:write'], person: 'user:default/ci' },
    admin,
  )
  expect(await identity.guarded()).toBe(true)
  expect(shown).toMatch(/^tl_[\w-]{43}$/)
  expect(await identity.callerOf(shown)).toEqual({ person: 'user:default/ci', scopes: ['evidence:write'] })
  expect(await identity.callerOf(`${shown}x`)).toBeNull()
  const kept = await store.query<{ row: string }>(sql`select t::text as row from token t`)
  expect(JSON.stringify(kept)).not.toContain(shown.slice(3))
  await identity.revokeToken(token.id, admin)
  expect(await identity.callerOf(shown)).toBeNull()
  expect(await identity.guarded()).toBe(false)
})

test('revoking a token that is not there says so', async () => {
  await expect(identity.revokeToken('nope', admin)).rejects.toBeInstanceOf(Refusal)
})

test('a token ends when it said it would, and its sessions with it', async () => {
  const { secret: shown } = await identity.createToken({ name: 'guest', scopes: ['read'], person: admin, expiresAt: now + DAY }, admin)
  const opened = await identity.openSession(shown)
  expect(opened?.expiresAt).toBe(now + DAY)
  expect(await identity.callerOfSession(opened!.session)).toEqual({ person: admin, scopes: ['read'] })
  now += DAY
  expect(await identity.callerOf(shown)).toBeNull()
  expect(await identity.callerOfSession(opened!.session)).toBeNull()
  expect(await identity.openSession(shown)).toBeNull()
})

test('a session closed or of a revoked token is nobody', async () => {
  const { token, secret: shown } = await identity.createToken({ name: 'two', scopes: ['read'], person: admin }, admin)
  const first = (await identity.openSession(shown))!.session
  const second = (await identity.openSession(shown))!.session
  await identity.closeSession(first)
  expect(await identity.callerOfSession(first)).toBeNull()
  expect(await identity.callerOfSession(second)).not.toBeNull()
  await identity.revokeToken(token.id, admin)
  expect(await identity.callerOfSession(second)).toBeNull()
})

test('a person has one pseudonym, whatever the case and the name before the mail', () => {
  const pseudonym = identity.pseudonym('Jo@Example.org')
  expect(pseudonym).toMatch(/^person:[0-9a-f]{16}$/)
  expect(identity.pseudonym('Jo Doe <jo@example.org>')).toBe(pseudonym)
  expect(identity.pseudonym(pseudonym)).toBe(pseudonym)
  expect(createIdentity({ store, clock: () => now, secret }).pseudonym(' jo@example.org')).toBe(pseudonym)
  expect(createIdentity({ store, clock: () => now, secret: Buffer.alloc(32, 8) }).pseudonym('jo@example.org')).not.toBe(pseudonym)
})

test('refs of people and groups pass; what only looks like one does not', () => {
  expect(identity.pseudonym('user:default/jo')).toBe('user:default/jo')
  expect(identity.pseudonym('User:Jo')).toBe('user:default/jo')
  expect(identity.pseudonym('group:default/payments')).toBe('group:default/payments')
  expect(identity.pseudonym('user:default/jo@example.org')).toMatch(/^person:/)
  expect(identity.pseudonym('mailto:jo@example.org')).toMatch(/^person:/)
})

test('what was sealed is read again, and only with the same secret and unchanged', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.nat(), (text, place) => {
      const sealed = identity.seal(text)
      expect(identity.unseal(sealed)).toBe(text)
      sealed[place % sealed.length]! ^= 1
      expect(() => identity.unseal(sealed)).toThrow(Refusal)
    }),
  )
  const other = createIdentity({ store, clock: () => now, secret: Buffer.alloc(32, 9) })
  expect(() => other.unseal(identity.seal('a line'))).toThrow('cannot be read with the present secret')
})

test('the audit trail tells who did what, newest first, a page at a time', async () => {
  for (const target of ['outcome:default/a', 'outcome:default/b', 'outcome:default/a'])
    await identity.audit({ person: admin, verb: 'entity.write', target, detail: { n: 1 } })
  const page = await identity.auditTrail({ limit: 2 })
  expect(page.map(({ target }) => target)).toEqual(['outcome:default/a', 'outcome:default/b'])
  expect(await identity.auditTrail({ limit: 2, before: page[1]!.id })).toMatchObject([
    { at: now, person: admin, verb: 'entity.write', detail: { n: 1 } },
  ])
  expect(await identity.auditTrail({ target: 'outcome:default/b', limit: 9 })).toHaveLength(1)
})
