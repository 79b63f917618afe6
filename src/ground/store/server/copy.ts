import type { Connection as WireConnection, Submittable } from 'pg'

/** The part of `pg`'s connection that speaks COPY; its types leave it out. */
interface CopyWire {
  query(text: string): void
  sendCopyFromChunk(chunk: Uint8Array): void
  endCopyFrom(): void
  sendCopyFail(reason: string): void
  stream: NodeJS.WritableStream & { writableNeedDrain: boolean }
}

/** What `pg` calls on a running query. */
abstract class Copy implements Submittable {
  readonly done: Promise<void>
  readonly #text: string
  #settle!: { resolve: () => void; reject: (reason: unknown) => void }
  #failure: unknown = null

  constructor(text: string) {
    this.#text = text
    this.done = new Promise((resolve, reject) => {
      this.#settle = { resolve, reject }
    })
  }

  submit(connection: WireConnection): void {
    connection.query(this.#text)
  }

  handleError(error: unknown): void {
    this.#settle.reject(this.#failure ?? error)
  }

  handleReadyForQuery(): void {
    if (this.#failure) this.#settle.reject(this.#failure)
    else this.#settle.resolve()
  }

  /** Remembers why the sender gave up, which PostgreSQL only echoes. */
  protected failWith(reason: unknown): void {
    this.#failure = reason
  }

  handleCommandComplete(): void {}
  handleEmptyQuery(): void {}
  handleRowDescription(): void {}
  handleDataRow(): void {}
  handlePortalSuspended(): void {}
}

/** `copy … from stdin`: sends chunks as fast as the socket takes them. */
export class CopyIn extends Copy {
  readonly #chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>

  constructor(text: string, chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>) {
    super(text)
    this.#chunks = chunks
  }

  handleCopyInResponse(connection: CopyWire): void {
    void this.#send(connection)
  }

  async #send(connection: CopyWire): Promise<void> {
    try {
      for await (const chunk of this.#chunks) {
        connection.sendCopyFromChunk(chunk)
        if (connection.stream.writableNeedDrain) await drained(connection.stream)
      }
      connection.endCopyFrom()
    } catch (error) {
      this.failWith(error)
      connection.sendCopyFail('the sender gave up')
    }
  }
}

/** `copy … to stdout`: gathers what comes. */
export class CopyOut extends Copy {
  readonly chunks: Uint8Array[] = []

  handleCopyData(message: { chunk: Uint8Array }): void {
    this.chunks.push(Uint8Array.from(message.chunk)) // the parser reuses its buffer
  }

  handleCopyOutResponse(): void {}
}

async function drained(stream: CopyWire['stream']): Promise<void> {
  return new Promise((resolve) => {
    const end = () => {
      stream.removeListener('drain', end)
      stream.removeListener('close', end)
      resolve()
    }
    stream.once('drain', end)
    stream.once('close', end)
  })
}
