import * as z from 'zod'
import { type Delivery, digestOf, hmacOf, sameText, shown, type SourceDefinition, unsigned, verified } from '../../ground/intake/index.ts'
import { readBatch } from './batch.ts'
import { readMessage } from './messages.ts'
import { SegmentSettings } from './settings.ts'

const SIGNATURE = 'x-signature'
/** Bytes of a batch (Segment, HTTP API, max request size). */
const LARGEST = 500 * 1024

const CALLS = ['track', 'identify', 'page', 'screen', 'group', 'alias', 'batch', 'import']
const Body = z.looseObject({ batch: z.unknown().optional(), type: z.string().max(100).optional() })

/** Segment, and everything that speaks its HTTP Tracking API. */
export const segment: SourceDefinition = {
  kind: 'segment',
  title: 'Segment',
  brings: 'What people do in the product, as Segment or one of its server libraries tracks it; who they are is not kept.',
  steps: [
    'From your own server: give its Segment library the write key {secret:writeKey}. In analytics-node: host is the first part of the address (https://…), path the rest of {address} followed by /v1/batch. Others: whatever they call the endpoint becomes {address}/v1/batch.',
    'Or by HTTP: POST {address}/v1/track with the write key as user name of HTTP Basic, without a password.',
    'Or from Segment: choose Connections, then Add destination, then Webhooks (Actions), and your source.',
    'There under Settings: Shared Secret {secret:sharedSecret}',
    'Under Mappings add one for Track calls, webhook URL {address}, method POST, "Enable Batching" off: Segment signs single events alone. Then enable the destination.',
  ],
  settings: SegmentSettings,
  naming: ['product'],
  secrets: [
    { name: 'writeKey', label: 'write key', made: 'here' },
    { name: 'sharedSecret', label: 'shared secret', made: 'here' },
  ],
  push: {
    paths: CALLS.map((call) => `v1/${call}`),
    largest: LARGEST,
    // Its libraries count a refusal as a lost batch.
    acknowledgesRepeats: true,
    eventOf({ path = '' }, body) {
      const { batch, type } = Body.safeParse(body).data ?? {}
      if (batch !== undefined) return 'batch'
      const call = path.slice('v1/'.length)
      return type ?? (call || 'unnamed')
    },
    verify(delivery, { writeKey = '', sharedSecret = '' }) {
      const { body, headers } = delivery
      const signature = headers[SIGNATURE]
      if (signature) return verified(sameText(hmacOf('sha1', sharedSecret, body), signature), digestOf(body), SIGNATURE)
      const given = writeKeyOf(delivery)
      return given ? shown(sameText(writeKey, given.key), digestOf(body), given.where) : unsigned('authorization')
    },
    read(payload, settings) {
      const chosen = SegmentSettings.parse(settings)
      return payload.event === 'batch' || payload.event === 'import' ? readBatch(payload, chosen) : readMessage(payload, chosen)
    },
  },
}

const Keyed = z.looseObject({ writeKey: z.string().max(400) })

/** The write key as user name of HTTP Basic, or in the body (Segment, HTTP API, authentication). */
function writeKeyOf({ headers, body }: Delivery): { key: string; where: string } | null {
  const basic = /^Basic +([A-Za-z0-9+/]+=*)$/i.exec(headers.authorization ?? '')?.[1]
  if (basic) return { key: Buffer.from(basic, 'base64').toString().split(':', 1)[0]!, where: 'authorization' }
  const read = Keyed.safeParse(jsonOf(body))
  return read.success ? { key: read.data.writeKey, where: 'writeKey' } : null
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString())
  } catch {
    return undefined
  }
}
