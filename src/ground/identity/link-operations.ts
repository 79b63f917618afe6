import * as z from 'zod'
import { type Caller, type Clock, formatInstant, type Instant, operation, RefSchema } from '../core/index.ts'
import type { Identity } from './identity.ts'
import type { ShareLink } from './share-links.ts'

interface Context {
  identity: Identity
  clock: Clock
  caller: Caller
}

/** For how many days a link may live. */
export const shareDays = z.coerce.number().int().min(1).max(366)

/** The secret of a link comes in the body, so that no log of addresses keeps it. */
export const SecretInput = z.object({ secret: z.string().min(1).max(200) })

/** A link as its makers see it; never its secret. */
export const ShareLinkView = z.object({
  id: z.string(),
  purpose: z.enum(['vision', 'review']),
  target: z.string(),
  side: z.string().nullable(),
  createdAt: z.string(),
  createdBy: z.string(),
  expiresAt: z.string().nullable(),
  revokedAt: z.string().nullable(),
  /** To the minute. */
  lastUsedAt: z.string().nullable(),
})

const ListedLink = ShareLinkView.extend({
  /** Whether it still opens anything. */
  live: z.boolean(),
})

export function shareLinkView({ person: _, ...link }: ShareLink): z.input<typeof ShareLinkView> {
  const text = (at: Instant | null) => (at === null ? null : formatInstant(at))
  return {
    ...link,
    createdAt: formatInstant(link.createdAt),
    expiresAt: text(link.expiresAt),
    revokedAt: text(link.revokedAt),
    lastUsedAt: text(link.lastUsedAt),
  }
}

/** What may be done with links once they are made; whoever owns what they open makes them. */
export const linkOperations = [
  operation({
    id: 'link.list',
    method: 'get',
    path: '/links/{target+}',
    scope: 'write',
    summary: 'The links to one thing, those that ended included; never their secrets',
    input: z.object({ target: RefSchema }),
    output: z.object({ links: z.array(ListedLink) }),
    run: async ({ target }, { identity, clock }: Context) => ({
      links: (await identity.links.of(target)).map((link) => ({
        ...shareLinkView(link),
        live: link.revokedAt === null && (link.expiresAt === null || link.expiresAt > clock()),
      })),
    }),
  }),
  operation({
    id: 'link.revoke',
    method: 'delete',
    path: '/links/{id}',
    scope: 'write',
    audit: 'link.revoke',
    summary: 'Takes a link back: from now on it opens nothing',
    input: z.object({ id: z.string().min(1).max(40) }),
    output: z.object({ link: ShareLinkView }),
    run: async ({ id }, { identity }: Context) => ({ link: shareLinkView(await identity.links.revoke(id)) }),
  }),
] as const
