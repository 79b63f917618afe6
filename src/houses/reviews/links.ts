import * as z from 'zod'
import { type Caller, operation, RefSchema } from '../../ground/core/index.ts'
import type { Ground } from '../../ground/index.ts'
import { type ShareLink, ShareLinkView, SecretInput, shareDays, shareLinkView } from '../../ground/identity/index.ts'
import { demandOpen, demandSide, rankAlone } from './store/rank.ts'
import { signFor } from './store/agree.ts'
import { ballotsOf, reviewNamed } from './store/read.ts'
import { ReviewView, reviewView } from './tell/review-view.ts'

/** Who acts where nobody has an account. */
const GUEST = 'user:default/guest'

/** A review as the holder of a link sees it: acting for one side. */
const SideView = z.object({
  side: z.string(),
  expiresAt: z.string().nullable(),
  /** What this side ranked, also while others rank alone. */
  own: z.array(z.string()).nullable(),
  review: ReviewView,
})

async function sideView(link: ShareLink, ground: Pick<Ground, 'catalog' | 'store' | 'clock'>): Promise<z.input<typeof SideView>> {
  const review = reviewView(await reviewNamed(link.target, undefined, ground), ground.clock())
  const side = link.side!
  const shown = review.sides.find((one) => one.side === side)?.ranking
  const own = shown ?? (await ballotsOf(link.target, ground.store)).find((ballot) => ballot.side === side)?.ranking
  return { side, expiresAt: shareLinkView(link).expiresAt, own: own ?? null, review }
}

/** Does what a link allows, with its trace in the audit trail; all or nothing. */
async function byLink(
  secret: string,
  verb: string,
  ground: Ground,
  act: (link: ShareLink & { side: string }, by: string) => Promise<void>,
): Promise<z.input<typeof SideView>> {
  return ground.store.transaction(async () => {
    const link = await ground.identity.links.open(secret, 'review')
    const by = link.person ?? GUEST
    await act({ ...link, side: link.side! }, by)
    await ground.identity.audit({ person: by, verb, target: link.target, detail: { side: link.side, link: link.id } })
    return sideView(link, ground)
  })
}

/** Links for sides without an account: made by whoever leads the review, used by whoever holds one. */
export const linkOperations = [
  operation({
    id: 'review.link',
    method: 'post',
    path: '/reviews/links/{ref+}',
    scope: 'write',
    audit: 'review.link',
    summary: 'Makes a link that lets somebody without an account rank and sign for one side, until it ends',
    input: z.object({
      ref: RefSchema,
      side: z.string().trim().min(1).max(40),
      days: shareDays.default(14),
      /** Whom it is for, as a mail address or reference; kept as a pseudonym. */
      person: z.string().trim().min(1).max(300).optional(),
    }),
    output: z.object({ link: ShareLinkView, path: z.string() }),
    run: async ({ ref, side, days, person }, { catalog, identity, clock, caller }: Ground & { caller: Caller }) => {
      const { review } = await reviewNamed(ref, undefined, { catalog })
      demandOpen(review)
      demandSide(side, review)
      const expiresAt = clock() + days * 86_400_000
      const wish = {
        purpose: 'review' as const,
        target: review.ref,
        side,
        expiresAt,
        ...(person ? { person: identity.pseudonym(person) } : {}),
      }
      const { link, secret } = await identity.links.create(wish, caller.person)
      return { link: shareLinkView(link), path: `/shared/review#${secret}` }
    },
  }),
  operation({
    id: 'shared.review',
    method: 'post',
    path: '/shared/review',
    scope: 'link',
    summary: 'The review a link opens, for the side it was made for',
    input: SecretInput,
    output: SideView,
    run: async ({ secret }, ground: Ground) => sideView(await ground.identity.links.open(secret, 'review'), ground),
  }),
  operation({
    id: 'shared.rank',
    method: 'post',
    path: '/shared/review/rank',
    scope: 'link',
    summary: 'Ranks for the side a link was made for',
    input: SecretInput.extend({ ranking: z.array(RefSchema).min(1).max(20) }),
    output: SideView,
    run: ({ secret, ranking }, ground: Ground) =>
      byLink(secret, 'review.rank', ground, (link, by) =>
        rankAlone({ ref: link.target, side: link.side, ranking }, { by, at: ground.clock() }, ground),
      ),
  }),
  operation({
    id: 'shared.sign',
    method: 'post',
    path: '/shared/review/sign',
    scope: 'link',
    summary: 'Signs for the side a link was made for',
    input: SecretInput,
    output: SideView,
    run: ({ secret }, ground: Ground) =>
      byLink(secret, 'review.sign', ground, (link, by) =>
        signFor(
          { ref: link.target, side: link.side, how: 'link', ...(link.person ? { by: link.person } : {}) },
          { by, at: ground.clock() },
          ground,
        ),
      ),
  }),
] as const
