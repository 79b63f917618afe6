import * as z from 'zod'
import { refuse, type Result } from '../../../ground/core/index.ts'
import {
  type Delivery,
  digestOf,
  ignored,
  type Parsed,
  sameText,
  type SourceDefinition,
  standardWebhook,
  type Verified,
  verified,
} from '../../../ground/intake/index.ts'
import { readValue } from '../parse.ts'
import { LONGEST } from '../piece.ts'
import { firstOf } from '../read.ts'
import { fromBinary, isBinary } from './binary.ts'

const TOO_LONG = `The event is longer than ${LONGEST / 1024 / 1024} MiB`

/** Whatever sends CloudEvents or CDEvents over HTTP: one at a time in either form, or in batches. */
export const cloudevents: SourceDefinition = {
  kind: 'cloudevents',
  title: 'CloudEvents / CDEvents',
  brings:
    'Services, changes, incidents, tickets and pipelines as CDEvents, and any other CloudEvent as an event: from Tekton, Jenkins, Knative, Argo Events, Azure Event Grid and the like.',
  steps: [
    'In the system that sends, add an HTTP sink (also called webhook or subscriber): method POST, structured, binary or batched CloudEvents 1.0.',
    'Address: {address}',
    'Where it signs by the Standard Webhooks specification, its secret: {secret:webhook}',
    'Where it cannot sign, a header instead. Authorization: Bearer {secret:webhook}',
    'Send one event. A sender that first asks for permission (OPTIONS with WebHook-Request-Origin) is given it.',
  ],
  settings: z.strictObject({}),
  secrets: [{ name: 'webhook', label: 'webhook secret', made: 'here', form: 'whsec' }],
  push: {
    eventOf: (_, body) => nameOf(body),
    verify,
    bodyOf,
    read({ body }) {
      if (!Array.isArray(body)) return { lines: [lineOf(body)] }
      return body.length === 0
        ? ignored('A batch without events.')
        : { lines: body.map((event: unknown) => lineOf(event, { inBatch: true })) }
    },
    // Events are delivered at least once, and only 2xx means taken (CloudEvents, HTTP web hooks 1.0.2, 2.2): a broker whose
    // answer was lost would send what is known again and again, or give the event up as undeliverable.
    acknowledgesRepeats: true,
  },
}

/** Signed by Standard Webhooks, or with the secret as a bearer token (CloudEvents, HTTP web hooks 1.0.2, 3). */
function verify(delivery: Delivery, { webhook = '' }: Readonly<Record<string, string>>, now: number): Result<Verified> {
  const { authorization } = delivery.headers
  if (authorization === undefined || delivery.headers['webhook-signature']) return standardWebhook(delivery, webhook, now)
  return verified(sameText(`Bearer ${webhook}`, authorization), digestOf(whole(delivery)), 'authorization')
}

/** All that makes a delivery what it is: in binary form the attributes stand in the headers. */
function whole({ headers, body }: Delivery): Buffer {
  const attributes = Object.entries(headers)
    .filter(([name]) => name.startsWith('ce-'))
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return Buffer.concat([Buffer.from(JSON.stringify(attributes)), body])
}

function bodyOf({ headers, body }: Delivery): Result<unknown> | undefined {
  const named = { get: (name: string) => headers[name] ?? null }
  return isBinary(named) ? fromBinary(Object.entries(headers), body) : undefined
}

/** One event is as long at most as one line of evidence, and refused by itself. */
function lineOf(event: unknown, { inBatch = false } = {}): Parsed {
  const text = JSON.stringify(event)
  const read =
    text.length > LONGEST ? refuse('cloudevents.too_long', TOO_LONG, { fix: 'Send what is larger as an address.' }) : readValue(event)
  if (read.ok) return { record: read.value }
  return { reject: { raw: inBatch ? `{"body":${text}}` : '', problem: firstOf(read.problems) } }
}

const Named = z.union([
  z.looseObject({ context: z.looseObject({ type: z.string() }) }).transform(({ context }) => context.type),
  z.looseObject({ type: z.string() }).transform(({ type }) => type),
])
function nameOf(body: unknown): string {
  if (Array.isArray(body)) return `batch of ${body.length}`
  return Named.safeParse(body).data?.slice(0, 200) ?? 'unnamed'
}
