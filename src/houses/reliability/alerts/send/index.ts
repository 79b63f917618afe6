/** Ways a notice leaves: signed webhook, Slack, e-mail. */
import type { DestinationKind } from '../destinations.ts'
import type { Letter, SendContext, Sent } from './letter.ts'
import { sendMail } from './email.ts'
import { sendToSlack } from './slack.ts'
import { sendWebhook } from './webhook.ts'

const WAYS: Record<DestinationKind, (letter: Letter, context: SendContext) => Promise<Sent>> = {
  webhook: sendWebhook,
  slack: sendToSlack,
  email: sendMail,
}

export function send(kind: DestinationKind, letter: Letter, context: SendContext): Promise<Sent> {
  return WAYS[kind](letter, context)
}

export type { Sent } from './letter.ts'
