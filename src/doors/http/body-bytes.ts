import type { Refusal } from '../../ground/core/index.ts'

/** How much of a body is read. */
export interface BodyLimit {
  /** Bytes of it as sent. */
  largest: number
  tooLarge: () => Refusal
  /** Told of each piece; refuses when it is too much beside what others send. */
  hold: (bytes: number) => void
}

/** Reads a whole body up to a limit, whatever its length header claims. */
export async function bytesOf(request: Request, { largest, tooLarge, hold }: BodyLimit): Promise<Buffer> {
  if (Number(request.headers.get('content-length') ?? 0) > largest) throw tooLarge()
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of request.body ?? []) {
    size += piece.length
    if (size > largest) throw tooLarge()
    hold(piece.length)
    pieces.push(piece)
  }
  return Buffer.concat(pieces)
}
