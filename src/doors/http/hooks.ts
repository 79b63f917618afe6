import { gunzipSync, inflateSync } from 'node:zlib'
import type { Context } from 'hono'
import { Refusal } from '../../ground/core/index.ts'
import type { Ground } from '../../ground/index.ts'
import type { DoorEnv } from './caller.ts'

/** Bytes of a payload as sent, and unpacked: the largest that a vendor sends is 25 MB (docs.github.com, webhook events and payloads). */
const LARGEST = 26 * 1024 * 1024
const LARGEST_UNPACKED = 64 * 1024 * 1024
/** Work waiting for the store from which on senders are asked to come back. */
const BUSY = 64
const COME_BACK_SECONDS = 5

/**
 * `POST /hooks/{id}/{key}`, and the paths below it that a source answers: what connected systems push. Nobody signs in
 * here: the key in the address and the signature say who it is. Answers 2xx only after everything is kept, 429 when we are
 * behind.
 */
export function hookRoute(ground: Ground): (context: Context<DoorEnv>) => Promise<Response> {
  return async (context) => {
    const { waiting } = await ground.store.health()
    if (waiting.background > BUSY) {
      context.header('retry-after', String(COME_BACK_SECONDS))
      throw new Refusal('hook.busy', 'More is coming in than can be kept right now.', {
        status: 429,
        fix: `Send it again in ${COME_BACK_SECONDS} seconds.`,
      })
    }
    const { id = '', key = '', path = '' } = context.req.param() as Record<string, string>
    const headers = Object.fromEntries(context.req.raw.headers)
    const body = unpacked(await bytesOf(context.req.raw), headers['content-encoding'])
    const delivered = await ground.store.background(() => ground.intake.deliver(id, key, { headers, body, path: path.replace(/\/$/, '') }))
    return context.json(delivered)
  }
}

async function bytesOf(request: Request): Promise<Buffer> {
  if (Number(request.headers.get('content-length') ?? 0) > LARGEST) throw tooLarge()
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of request.body ?? []) {
    size += piece.length
    if (size > LARGEST) throw tooLarge()
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
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
