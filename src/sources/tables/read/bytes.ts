import { Readable } from 'node:stream'
import { constants, createGunzip } from 'node:zlib'
import { Refusal } from '../../../ground/core/index.ts'

export type Bytes = AsyncIterable<Uint8Array> | Iterable<Uint8Array>

/** How much a packed file may unpack to; a table of text unpacks to twenty times its size, rarely to fifty. */
export interface UnpackLimits {
  /** Times its own size, once it is larger than `free`. */
  ratio: number
  free: number
  bytes: number
}
const UNPACK: UnpackLimits = { ratio: 200, free: 16 * 1024 * 1024, bytes: 256 * 1024 ** 3 }

/** The first bytes of an input (fewer when there are no more), and the whole of it still to be read. */
export async function peek(input: Bytes, bytes: number): Promise<{ head: Buffer; isWhole: boolean; rest: AsyncIterable<Uint8Array> }> {
  const iterator = Symbol.asyncIterator in input ? input[Symbol.asyncIterator]() : input[Symbol.iterator]()
  const chunks: Uint8Array[] = []
  let size = 0
  let done = false
  while (size < bytes) {
    const next = await iterator.next()
    if (next.done) {
      done = true
      break
    }
    // A chunk belongs to whoever made it and may be used again.
    chunks.push(Uint8Array.from(next.value))
    size += next.value.length
  }
  const head = Buffer.concat(chunks)
  async function* rest(): AsyncGenerator<Uint8Array> {
    try {
      yield head
      while (!done) {
        const next = await iterator.next()
        if (next.done) break
        yield next.value
      }
    } finally {
      await iterator.return?.()
    }
  }
  return { head, isWhole: done, rest: rest() }
}

/**
 * The input unpacked when it is packed with gzip, told by its first bytes. Refuses workbooks and archives (`table.workbook`),
 * packed data that breaks off or unpacks to far more than tables do (`table.packed`).
 * @param isPart the input is the beginning of a file: that it breaks off is no fault
 */
export async function unpack(
  input: Bytes,
  { isPart = false, limits = UNPACK }: { isPart?: boolean; limits?: UnpackLimits } = {},
): Promise<{ bytes: AsyncIterable<Uint8Array>; packed: boolean }> {
  const { head, rest } = await peek(input, 4)
  const begins = (...bytes: number[]) => head.subarray(0, bytes.length).equals(Buffer.from(bytes))
  if (begins(0x50, 0x4b, 0x03, 0x04) || begins(0xd0, 0xcf, 0x11, 0xe0))
    throw new Refusal('table.workbook', 'This is a workbook or an archive, not a table of text.', {
      fix: 'Save the sheet as "CSV UTF-8" and import that; unpack an archive first.',
    })
  if (!begins(0x1f, 0x8b)) return { bytes: rest, packed: false }
  return { bytes: gunzipped(rest, isPart, limits), packed: true }
}

async function* gunzipped(input: AsyncIterable<Uint8Array>, isPart: boolean, limits: UnpackLimits): AsyncGenerator<Uint8Array> {
  // A part breaks off somewhere: what there is of it is given, and that is no fault.
  const gunzip = createGunzip(isPart ? { finishFlush: constants.Z_SYNC_FLUSH } : {})
  const source = Readable.from(input, { objectMode: false })
  source.on('error', (error) => gunzip.destroy(error))
  source.pipe(gunzip)
  let size = 0
  try {
    for await (const chunk of gunzip as AsyncIterable<Buffer>) {
      size += chunk.length
      const isTooMuch = size > limits.bytes || (size > limits.free && size > limits.ratio * gunzip.bytesWritten)
      if (isTooMuch)
        throw new Refusal('table.packed', `The file unpacks to more than ${limits.ratio} times its size, which tables do not.`, {
          fix: 'Unpack it and look at it; import the unpacked file when it is what it should be.',
        })
      yield chunk
    }
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? ''
    if (!code.startsWith('Z_')) throw error
    throw new Refusal('table.packed', `The packed file cannot be unpacked: ${(error as Error).message}.`, {
      fix: 'Check that it was written and sent as a whole.',
    })
  } finally {
    source.destroy()
    gunzip.destroy()
  }
}
