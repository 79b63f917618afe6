import { gunzipSync, inflateSync } from 'node:zlib'
import type { Context } from 'hono'
import { Refusal } from '../../ground/core/index.ts'
import type { Ground } from '../../ground/index.ts'
import { bytesOf } from './body-bytes.ts'
import type { DoorEnv } from './caller.ts'
import { COME_BACK_SECONDS } from './problem.ts'

/** Bytes of a payload as sent, and unpacked: the largest that a vendor sends is 25 MB (docs.github.com, webhook events and payloads). */
const LARGEST = 26 * 1024 * 1024
const LARGEST_UNPACKED = 64 * 1024 * 1024

/** How much may be under way at once before senders are asked to come back. */
export interface HookLimits {
  /** Deliveries that are received, or wait to be kept. */
  deliveries: number
  /** What they hold in memory. */
  bytes: number
}
const LIMITS: HookLimits = { deliveries: 64, bytes: 128 * 1024 * 1024 }

/**
 * `POST /hooks/{id}/{key}`, and the paths below it that a source answers: what connected systems push. Nobody signs in
 * here: the key in the address and the signature say who it is; of strangers nothing is read. Answers 2xx only after
 * everything is kept, 429 when we are behind.
 */
export function hookRoute(ground: Ground, limits = LIMITS): (context: Context<DoorEnv>) => Promise<Response> {
  const under = { deliveries: 0, bytes: 0 }
  return async (context) => {
    const { id = '', key = '', path = '' } = context.req.param() as Record<string, string>
    await ground.intake.permitDelivery(id, key)
    const isBusy = () => under.deliveries > limits.deliveries || under.bytes > limits.bytes
    let held = 0
    const hold = (bytes: number) => {
      held += bytes
      under.bytes += bytes
      if (isBusy()) throw busy()
    }
    under.deliveries += 1
    try {
      hold(0)
      const headers = Object.fromEntries(context.req.raw.headers)
      const body = unpacked(await bytesOf(context.req.raw, { largest: LARGEST, tooLarge, hold }), headers['content-encoding'])
      hold(Math.max(0, body.length - held))
      const delivery = { headers, body, path: path.replace(/\/$/, '') }
      return context.json(await ground.store.background(() => ground.intake.deliver(id, key, delivery)))
    } finally {
      under.deliveries -= 1
      under.bytes -= held
    }
  }
}

function busy(): Refusal {
  return new Refusal('hook.busy', 'More is coming in than can be kept right now.', {
    status: 429,
    fix: `Send it again in ${COME_BACK_SECONDS} seconds.`,
  })
}

/**
 * `OPTIONS` of the same address: a sender of CloudEvents asks whether it may send (github.com/cloudevents/spec, HTTP 1.1 web
 * hooks 1.0.2, 4). Whoever knows the address may, as fast as it likes: 429 slows it down where that is too fast.
 */
export function hookPermission(ground: Ground): (context: Context<DoorEnv>) => Promise<Response> {
  return async (context) => {
    const { id = '', key = '' } = context.req.param() as Record<string, string>
    await ground.intake.permitDelivery(id, key)
    const origin = context.req.header('webhook-request-origin')
    context.header('allow', 'POST, OPTIONS')
    if (origin !== undefined) {
      context.header('webhook-allowed-origin', origin)
      context.header('webhook-allowed-rate', '*')
    }
    return context.body(null, 204)
  }
}

/** Unpacks with a limit, so that a small body cannot fill the memory. */
function unpacked(body: Buffer, encoding: string | undefined): Buffer {
  if (encoding === undefined || encoding === 'identity') return body
  const unpack = encoding === 'gzip' ? gunzipSync : encoding === 'deflate' ? inflateSync : null
  if (!unpack)
    throw new Refusal('hook.encoding', `Bodies packed as "${encoding.slice(0, 40)}" are not read here.`, {
      status: 415,
      fix: 'Send it plain or with gzip.',
    })
  try {
    return unpack(body, { maxOutputLength: LARGEST_UNPACKED })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge()
    throw new Refusal('hook.encoding', `The body is not ${encoding}: ${(error as Error).message}`, { fix: 'Send it plain.' })
  }
}

function tooLarge(): Refusal {
  return new Refusal('hook.too_large', `A delivery may have ${LARGEST >> 20} MB, ${LARGEST_UNPACKED >> 20} MB unpacked.`, {
    status: 413,
    fix: 'Send fewer events at once, or choose fewer on the other side.',
  })
}
