import * as z from 'zod'
import { type Caller, DAY, operation, refNamespace, Refusal } from '../../ground/core/index.ts'
import { SecretInput, shareDays, ShareLinkView, shareLinkView } from '../../ground/identity/index.ts'
import type { Ground } from '../../ground/index.ts'
import { momentInput, momentOf } from './store/moment.ts'
import { visionOf, visionPage } from './store/page.ts'
import { reviewsOf } from './store/reviews.ts'
import { sharedVision, SharedVisionView } from './tell/shared-view.ts'

/** The vision read by link, without an account: the page alone, until the link ends or is taken back. */
export const shareOperations = [
  operation({
    id: 'vision.share',
    method: 'post',
    path: '/vision/links',
    scope: 'write',
    audit: 'vision.share',
    summary: 'Makes a link by which the vision is read without an account; it is shown this once',
    input: z.object({
      scope: momentInput.scope,
      /** Until it is taken back when left out. */
      days: shareDays.optional(),
    }),
    output: z.object({ link: ShareLinkView, path: z.string() }),
    run: async ({ scope, days }, { catalog, identity, clock, caller }: Ground & { caller: Caller }) => {
      const vision = await visionOf({ scope }, { catalog })
      if (!vision)
        throw new Refusal('vision.none', `The namespace ${scope} has no vision to share.`, {
          status: 409,
          fix: 'Draft one on the page Vision first.',
        })
      const expiresAt = days === undefined ? undefined : clock() + days * DAY
      const { link, secret } = await identity.links.create({ purpose: 'vision', target: vision.ref, expiresAt }, caller.person)
      return { link: shareLinkView(link), path: `/shared/vision#${secret}` }
    },
  }),
  operation({
    id: 'shared.vision',
    method: 'post',
    path: '/shared/vision',
    scope: 'link',
    summary: 'The vision a link opens: its words, outcomes and principles, and who signed them',
    input: SecretInput,
    output: SharedVisionView,
    run: async ({ secret }, ground: Ground) => {
      const link = await ground.identity.links.open(secret, 'vision')
      const when = await momentOf({ scope: refNamespace(link.target) }, ground)
      const shown = await visionPage(when, ground)
      const named = [link.target, ...shown.outcomes.views.map(({ ref }) => ref), ...shown.principles.views.map(({ ref }) => ref)]
      const entities = await Promise.all(named.map((ref) => ground.catalog.get(ref)))
      const changed = Math.max(...entities.map((entity) => entity?.updatedAt ?? 0))
      const view = sharedVision(shown, { asOf: when.asOf, changed, reviews: await reviewsOf(when, ground) })
      if (!view)
        throw new Refusal('vision.none', 'The vision this link opened is no longer there.', { status: 410, fix: 'Ask whoever sent it.' })
      return { ...view, expiresAt: shareLinkView(link).expiresAt }
    },
  }),
] as const
