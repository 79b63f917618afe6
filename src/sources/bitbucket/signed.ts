import type { Result } from '../../ground/core/index.ts'
import { type Delivery, hmacOf, sameText, type Secrets, unsigned, type Verified, verified } from '../../ground/intake/index.ts'

const SIGNATURE = 'x-hub-signature'

/** `X-Hub-Signature: sha256=…`, HMAC of the body with the secret of the webhook, as Cloud and Data Center both sign. */
export function verifySigned({ headers, body }: Delivery, { webhook = '' }: Secrets): Result<Verified> {
  const given = headers[SIGNATURE]
  if (!given) return unsigned(SIGNATURE)
  return verified(sameText(`sha256=${hmacOf('sha256', webhook, body)}`, given), given, SIGNATURE)
}
