import * as z from 'zod'
import { type Caller, type Clock, formatInstant, type Instant, InstantSchema, operation, Refusal, RefSchema } from '../core/index.ts'
import type { Identity, Token } from './identity.ts'
import { linkOperations } from './link-operations.ts'

/** What identity's operations need of the ground. */
interface Context {
  identity: Identity
  clock: Clock
  caller: Caller
}

const ScopeName = z.enum(['admin', 'read', 'write', 'evidence:write', 'gate'])

const TokenView = z.object({
  id: z.string(),
  name: z.string(),
  /** Whom the token acts for. */
  person: z.string(),
  scopes: z.array(ScopeName),
  createdAt: z.string(),
  expiresAt: z.string().nullable(),
  revokedAt: z.string().nullable(),
  /** To the minute. */
  lastUsedAt: z.string().nullable(),
})

const createToken = operation({
  id: 'token.create',
  method: 'post',
  path: '/tokens',
  scope: 'admin',
  summary: 'Makes a token; its secret is shown this once',
  input: z.strictObject({
    name: z.string().trim().min(1).max(200).default('token'),
    scopes: z.array(ScopeName).min(1),
    /** Whom it acts for; the caller when left out. */
    person: RefSchema.optional(),
    expiresAt: InstantSchema.optional(),
  }),
  output: z.object({ token: TokenView, secret: z.string() }),
  audit: 'token.create',
  run: async ({ name, scopes, person, expiresAt }, { identity, clock, caller }: Context) => {
    if (expiresAt !== undefined && expiresAt <= clock())
      throw new Refusal('identity.already_expired', 'A token cannot expire in the past', {
        path: 'expiresAt',
        fix: 'Name a moment still to come, or leave it out.',
      })
    const { token, secret } = await identity.createToken(
      { name, scopes: [...new Set(scopes)], person: person ?? caller.person, ...(expiresAt === undefined ? {} : { expiresAt }) },
      caller.person,
    )
    return { token: viewOf(token), secret }
  },
})

const listTokens = operation({
  id: 'token.list',
  method: 'get',
  path: '/tokens',
  scope: 'admin',
  summary: 'The tokens there are, revoked and expired ones included; never their secrets',
  input: z.strictObject({}),
  output: z.object({ tokens: z.array(TokenView) }),
  run: async (_, { identity }: Context) => ({ tokens: (await identity.tokens()).map(viewOf) }),
})

const revokeToken = operation({
  id: 'token.revoke',
  method: 'delete',
  path: '/tokens/{id}',
  scope: 'admin',
  summary: 'Ends a token and every session it opened',
  input: z.strictObject({ id: z.string().max(100) }),
  output: z.object({ id: z.string(), revoked: z.literal(true) }),
  audit: 'token.revoke',
  run: async ({ id }, { identity, caller }: Context) => {
    await identity.revokeToken(id, caller.person)
    return { id, revoked: true as const }
  },
})

const listAudit = operation({
  id: 'audit.list',
  method: 'get',
  path: '/audit',
  scope: 'admin',
  summary: 'Who changed what and when, newest first',
  input: z.strictObject({
    target: z.string().max(700).optional(),
    limit: z.coerce.number().int().min(1).max(500).default(100),
    before: z.coerce.number().int().positive().optional(),
  }),
  output: z.object({
    entries: z.array(
      z.object({
        id: z.number().int(),
        at: z.string(),
        person: z.string(),
        verb: z.string(),
        target: z.string(),
        detail: z.record(z.string(), z.unknown()),
      }),
    ),
    /** Pass as `before` for the next page; null at the end. */
    next: z.number().int().nullable(),
  }),
  run: async (ask, { identity }: Context) => {
    const entries = await identity.auditTrail(ask)
    return {
      entries: entries.map((entry) => ({ ...entry, at: formatInstant(entry.at) })),
      next: entries.length === ask.limit ? entries.at(-1)!.id : null,
    }
  },
})

function viewOf(token: Token): z.output<typeof TokenView> {
  const { createdAt, expiresAt, revokedAt, lastUsedAt } = token
  return {
    ...token,
    createdAt: formatInstant(createdAt),
    expiresAt: textOf(expiresAt),
    revokedAt: textOf(revokedAt),
    lastUsedAt: textOf(lastUsedAt),
  }
}

function textOf(at: Instant | null): string | null {
  return at === null ? null : formatInstant(at)
}

/** What callers may do with tokens and the audit trail. */
export const identityOperations = [createToken, listTokens, revokeToken, listAudit, ...linkOperations] as const
