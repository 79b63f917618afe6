import * as z from 'zod'
import { ignored, type Payload, reading, type ReadPayload } from '../../ground/intake/index.ts'
import { readMessage } from './messages.ts'
import type { SegmentSettings } from './settings.ts'

const Batch = z.looseObject({ batch: z.array(z.unknown()).max(10_000), sentAt: z.unknown().optional() })
const Typed = z.looseObject({ type: z.string().max(100) })

/** `batch`: many messages, each read by itself, so that a bad one takes none of the others with it. */
export function readBatch({ body, receivedAt }: Payload, settings: SegmentSettings): ReadPayload {
  return reading(Batch, ({ batch, sentAt }): ReadPayload => {
    const read = batch.map((message, index) => {
      const said = readTyped(message, { sentAt, receivedAt }, settings)
      return { ...said, lines: said.lines.map((line) => placed(line, `batch.${index}`, { sentAt, batch: [message] })) }
    })
    const lines = read.flatMap((one) => one.lines)
    if (lines.length > 0) return { lines }
    return ignored(read.find((one) => one.ignored)?.ignored ?? 'The batch is empty.')
  })(body)
}

/** The moment of sending stands beside the batch and is that of each of its messages. */
function readTyped(
  message: unknown,
  { sentAt, receivedAt }: { sentAt?: unknown; receivedAt?: Payload['receivedAt'] },
  settings: SegmentSettings,
): ReadPayload {
  return reading(Typed, ({ type, ...said }) => {
    const body = sentAt === undefined ? said : { sentAt, ...said }
    return readMessage({ event: type, body, receivedAt }, settings)
  })(message)
}

/** A reject says where in the batch it is, and keeps only its own message. */
function placed(line: ReadPayload['lines'][number], place: string, body: object): ReadPayload['lines'][number] {
  if ('record' in line) return line
  const { problem } = line.reject
  return {
    reject: {
      raw: JSON.stringify({ event: 'batch', body }),
      problem: { ...problem, path: [place, problem.path].filter(Boolean).join('.') },
    },
  }
}
