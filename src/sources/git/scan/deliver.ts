import type { Evidence } from '../../../ground/ledger/index.ts'
import type { ScanSink } from './report.ts'

const MOST_RECORDS = 1_000
const MOST_BYTES = 2_000_000
/** Batches that wait for the sink before git is made to wait. */
const MOST_WAITING = 3

/** Hands records to a sink in batches, one after the other, and holds back whoever produces them faster than it takes them. */
export class Delivery {
  readonly #sink: ScanSink
  readonly #waiting: Promise<void>[] = []
  #batch: Evidence[] = []
  #bytes = 0
  #last: Promise<void> = Promise.resolve()

  constructor(sink: ScanSink) {
    this.#sink = sink
  }

  /** @param bytes roughly, of the record as text */
  async add(record: Evidence, bytes: number): Promise<void> {
    this.#batch.push(record)
    this.#bytes += bytes
    if (this.#batch.length >= MOST_RECORDS || this.#bytes >= MOST_BYTES) this.#send()
    if (this.#waiting.length >= MOST_WAITING) await this.#waiting[0]
  }

  /** Settles when everything is durable. Throws what the sink threw. */
  async finish(): Promise<void> {
    this.#send()
    await this.#last
  }

  #send(): void {
    if (this.#batch.length === 0) return
    const batch = this.#batch
    this.#batch = []
    this.#bytes = 0
    const sent = this.#last.then(() => this.#sink.append(batch))
    sent.then(
      () => this.#waiting.shift(),
      () => {},
    ) // a failed one stays first in line, so that the next add meets it
    this.#waiting.push(sent)
    this.#last = sent
    this.#last.catch(() => {})
  }
}
