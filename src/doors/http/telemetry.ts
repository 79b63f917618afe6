import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import type { Context, Hono } from 'hono'
import { Refusal } from '../../ground/core/index.ts'
import type { Ground } from '../../ground/index.ts'
import { DatabaseError } from '../../ground/store/index.ts'
import { type Handed, Telemetry } from '../../houses/reliability/index.ts'
import { type Encoding, readSignal, type Signal, statusBody, successBody } from '../../sources/otlp/index.ts'
import { bytesOf } from './body-bytes.ts'
import { type DoorEnv, knowCaller } from './caller.ts'
import { COME_BACK_SECONDS, hintsOf, problemOf } from './problem.ts'
import { demand } from './route.ts'

interface TelemetryDoor {
  ground: Ground
  localKey: string
  onError?: (error: unknown, request: { id: string; method: string; path: string }) => void
}

const SIGNALS = ['traces', 'metrics', 'logs'] as const satisfies readonly Signal[]
/** Bytes of a body, packed and unpacked. */
const LARGEST = 64 * 1024 * 1024
/** How much may be under way at once before senders are asked to come back. */
const MOST_BODIES = 128
const MOST_BYTES = 192 * 1024 * 1024
const ENCODINGS: Readonly<Record<string, Encoding>> = { 'application/x-protobuf': 'protobuf', 'application/json': 'json' }
const TYPES: Record<Encoding, string> = { protobuf: 'application/x-protobuf', json: 'application/json' }
const unzip = promisify(gunzip)

/**
 * OTLP/HTTP (opentelemetry.io/docs/specs/otlp): `POST /v1/traces`, `/v1/metrics`, `/v1/logs`. Answers 200 only after what
 * was counted is durable; of refusals only 429 and 503 ask a sender to come back.
 */
export function telemetryRoutes(app: Hono<DoorEnv>, { ground, localKey, onError }: TelemetryDoor): void {
  const telemetry = new Telemetry(ground)
  const know = knowCaller(ground.identity, localKey)
  const under = { bodies: 0, bytes: 0 }
  for (const signal of SIGNALS)
    app.post(`/v1/${signal}`, async (context) => {
      const type = (context.req.header('content-type') ?? '').split(';')[0]!.trim().toLowerCase()
      const encoding = ENCODINGS[type]
      let held = 0
      const hold = (bytes: number) => {
        held += bytes
        under.bytes += bytes
        if (under.bodies > MOST_BODIES || under.bytes > MOST_BYTES) throw busy()
      }
      under.bodies += 1
      try {
        await know(context, () => Promise.resolve())
        demand(context.get('caller'), 'evidence:write')
        if (!encoding) throw unknownType(type)
        hold(0)
        const body = await unpacked(
          await bytesOf(context.req.raw, { largest: LARGEST, tooLarge, hold }),
          context.req.header('content-encoding'),
        )
        hold(Math.max(0, body.length - held))
        const hash = createHash('sha256').update(signal).update(body).digest('base64url')
        const handed = { signal, hash, items: readSignal(signal, encoding, body) } as Handed // each signal is read as itself
        return answered(200, encoding, successBody(signal, encoding, await telemetry.take(handed)))
      } catch (error) {
        return refused(error, encoding ?? 'json', context, onError)
      } finally {
        under.bodies -= 1
        under.bytes -= held
      }
    })
}

/** What goes wrong on our side passes, so a sender keeps what it has: 503; all else it need not send again. */
function refused(error: unknown, encoding: Encoding, context: Context<DoorEnv>, onError: TelemetryDoor['onError']): Response {
  const problem = problemOf(error)
  const passes = problem.status >= 500 && (error instanceof Refusal || error instanceof DatabaseError)
  const status = passes ? 503 : problem.status
  if (status >= 500) onError?.(error, { id: context.get('requestId'), method: 'POST', path: context.req.path })
  const message = [problem.detail, problem.fix].filter(Boolean).join(' ')
  return answered(status, encoding, statusBody(encoding, status, message), hintsOf(status))
}

function answered(status: number, encoding: Encoding, body: Buffer, headers: Record<string, string> = {}): Response {
  return new Response(new Uint8Array(body), { status, headers: { 'content-type': TYPES[encoding], ...headers } })
}

async function unpacked(body: Buffer, packing = 'identity'): Promise<Buffer> {
  if (packing === 'identity') return body
  if (packing !== 'gzip')
    throw new Refusal('otlp.encoding', `Bodies packed as "${packing.slice(0, 40)}" are not read here.`, {
      status: 415,
      fix: 'Send it plain or with gzip: OTEL_EXPORTER_OTLP_COMPRESSION=gzip.',
    })
  try {
    return await unzip(body, { maxOutputLength: LARGEST })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge()
    throw new Refusal('otlp.encoding', `The body is not gzip: ${(error as Error).message}.`, { fix: 'Send it plain.' })
  }
}

function unknownType(type: string): Refusal {
  return new Refusal('otlp.type', `Telemetry of the type "${type.slice(0, 60)}" is not read here.`, {
    status: 415,
    fix: 'Send application/x-protobuf or application/json: OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf.',
  })
}

function tooLarge(): Refusal {
  return new Refusal('otlp.too_large', `A body may have ${LARGEST >> 20} MB, unpacked too.`, {
    status: 413,
    fix: 'Send smaller batches: OTEL_BSP_MAX_EXPORT_BATCH_SIZE.',
  })
}

function busy(): Refusal {
  return new Refusal('otlp.busy', 'More is coming in than can be kept right now.', {
    status: 429,
    fix: `Send it again in ${COME_BACK_SECONDS} seconds.`,
  })
}
