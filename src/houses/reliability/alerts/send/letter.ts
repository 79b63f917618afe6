import type { Ground } from '../../../../ground/index.ts'
import type { Notice } from '../notice.ts'

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
