import * as z from 'zod'
import { formatInstant, type Instant, MINUTE, TimestampSchema } from '../../ground/core/index.ts'
import { digestOf, ignored, type Payload, reading, type ReadPayload, told } from '../../ground/intake/index.ts'
import type { SegmentSettings } from './settings.ts'

/** Bytes of one message (Segment, HTTP API, max request size). */
export const LARGEST_MESSAGE = 32 * 1024

const Person = z.string().min(1).max(400).nullish()
const At = TimestampSchema.nullish()

/** `39.95`, or `"39.95"` as Segment's own examples write it. */
const Amount = z.union([
  z.number(),
  z
    .string()
    .regex(/^-?\d{1,15}(\.\d{1,10})?$/)
    .transform(Number),
])

const Track = z
  .looseObject({
    event: z.string().min(1).max(2_000),
    messageId: z
      .string()
      .min(1)
      .max(400)
      .regex(/^\P{Cc}+$/u, 'a name has no control characters')
      .nullish(),
    userId: Person,
    anonymousId: Person,
    timestamp: At,
    originalTimestamp: At,
    sentAt: At,
    properties: z
      .looseObject({
        revenue: Amount.nullish(),
        currency: z
          .string()
          .regex(/^[a-z]{3}$/i, 'a currency is three letters (ISO 4217)')
          .nullish(),
      })
      .nullish(),
  })
  .refine(({ userId, anonymousId }) => userId ?? anonymousId, { path: ['userId'], message: 'State userId or anonymousId' })
  .refine(({ messageId, timestamp, originalTimestamp }) => messageId ?? timestamp ?? originalTimestamp, {
    path: ['messageId'],
    message: 'State messageId or timestamp, so that the same event sent twice counts once',
  })
type Track = z.infer<typeof Track>

const IGNORED = new Map([
  ['identify', 'Who somebody is, is not kept.'],
  ['group', 'To which group somebody belongs is not kept.'],
  ['alias', 'That two names are one person is not kept.'],
  ['page', 'A page that was seen is no step somebody took; track the steps that matter.'],
  ['screen', 'A screen that was seen is no step somebody took; track the steps that matter.'],
  ['delete', 'Nothing is kept by which this person could be found.'],
])

/** One message: what somebody did becomes a product event, anything else is ignored. */
export function readMessage({ event: type, body, receivedAt }: Payload, settings: SegmentSettings): ReadPayload {
  const why = IGNORED.get(type)
  if (why !== undefined) return ignored(why)
  if (type !== 'track') return ignored(`Messages of the type "${type}" carry nothing that is kept.`)
  if (Buffer.byteLength(JSON.stringify(body)) > LARGEST_MESSAGE) return tooLarge()
  return reading(Track, (track) => told(eventOf(track, receivedAt, settings)))(body)
}

function eventOf(track: Track, receivedAt: Instant | undefined, settings: SegmentSettings): Record<string, unknown> {
  const amount = track.properties?.revenue ?? undefined
  return {
    kind: 'product_event',
    source: 'segment',
    id: track.messageId ?? digestOf(Buffer.from(JSON.stringify({ ...track, sentAt: undefined, writeKey: undefined }))),
    subject: settings.product,
    at: momentOf(track, receivedAt),
    name: track.event,
    actor: track.userId ?? track.anonymousId,
    revenue: amount === undefined ? undefined : { amount, currency: track.properties?.currency?.toUpperCase() ?? settings.currency },
  }
}

/**
 * When it happened, by the clock of the server: receivedAt - (sentAt - originalTimestamp), as Segment reckons (Spec: Common
 * Fields, timestamps). What took less than half a minute is the way here and no wrong clock; taken in whole minutes, a
 * message sent again has the same moment. Where both `timestamp` and `originalTimestamp` are told, Segment has reckoned.
 */
function momentOf({ timestamp, originalTimestamp, sentAt }: Track, receivedAt: Instant | undefined): string | undefined {
  if (timestamp && originalTimestamp) return timestamp
  const original = timestamp ?? originalTimestamp
  if (receivedAt === undefined) return original ?? undefined
  if (!original) return formatInstant(receivedAt)
  if (!sentAt) return original
  const skew = Math.round((receivedAt - Date.parse(sentAt)) / MINUTE) * MINUTE
  return formatInstant(Date.parse(original) + skew)
}

function tooLarge(): ReadPayload {
  return {
    lines: [
      {
        reject: {
          raw: '',
          problem: {
            code: 'segment.too_large',
            severity: 'error',
            message: `A message has at most ${LARGEST_MESSAGE / 1024} KB`,
            fix: 'Send fewer properties with it.',
          },
        },
      },
    ],
  }
}
