/** Ways a notice leaves: signed webhook, Slack, e-mail. */
import type { Ground } from '../../../../ground/index.ts'
import type { DestinationKind } from '../destinations.ts'
import type { Notice } from '../notice.ts'
import { sendMail } from './email.ts'
import { sendToSlack } from './slack.ts'
import { sendWebhook } from './webhook.ts'

/** One message on its way. */
export interface Letter {
  /** By which the receiver knows it when it comes again. */
  id: string
  notice: Notice
  address: string
  secret?: string
}

/** How a try ended; `gone` is not tried again. */
export type Sent =
  | { state: 'sent' }
  | { state: 'failed' | 'gone'; code: string; message: string; fix?: string; waitSeconds?: number | null }

export type SendContext = Pick<Ground, 'intake' | 'clock'>

const WAYS: Record<DestinationKind, (letter: Letter, context: SendContext) => Promise<Sent>> = {
  webhook: sendWebhook,
  slack: sendToSlack,
  email: sendMail,
}

export function send(kind: DestinationKind, letter: Letter, context: SendContext): Promise<Sent> {
  return WAYS[kind](letter, context)
}
