import { setTimeout as after } from 'node:timers/promises'
import { event, lines, type Server } from './throughline.ts'

/** How a batch was answered. */
export interface Answer {
  /** Status of the answer; null where the connection broke. */
  status: number | null
  retryAfter: string | null
  /** Code of a problem. */
  code: string | null
  at: number
  milliseconds: number
}

/** Sends one batch after another as a well-behaved sender does: what was not acknowledged is sent again. */
export class Sender {
  /** Ids of records the server said it has. */
  readonly acknowledged: string[] = []
  readonly answers: Answer[] = []
  #next: string[] = []
  #made = 0
  readonly #name: string
  readonly #batch: number

  constructor(name: string, batch = 20) {
    this.#name = name
    this.#batch = batch
  }

  /** Sends until the server is gone or `stopped` says so; waits as long as it is told to. */
  async send(server: Pick<Server, 'post'>, how: { stopped?: () => boolean; onAcknowledged?: () => void } = {}): Promise<void> {
    while (!how.stopped?.()) {
      const answer = await this.#sendOnce(server)
      this.answers.push(answer)
      if (answer.status === null) return
      if (answer.status === 200) how.onAcknowledged?.()
      else await after(Number(answer.retryAfter ?? 1) * 1000)
    }
  }

  async #sendOnce(server: Pick<Server, 'post'>): Promise<Answer> {
    if (this.#next.length === 0) this.#next = Array.from({ length: this.#batch }, () => `${this.#name}-${(this.#made += 1)}`)
    const started = Date.now()
    const told = (status: number | null, code: string | null = null, retryAfter: string | null = null): Answer => ({
      status,
      code,
      retryAfter,
      at: Date.now(),
      milliseconds: Date.now() - started,
    })
    try {
      const response = await server.post(lines(this.#next.map((id) => event(id))))
      const body = (await response.json()) as { accepted?: number; duplicates?: number; code?: string }
      if (response.status !== 200) return told(response.status, body.code ?? null, response.headers.get('retry-after'))
      if ((body.accepted ?? 0) + (body.duplicates ?? 0) !== this.#batch)
        throw new Error(`${this.#batch} were sent and answered by ${JSON.stringify(body)}`, { cause: 'not all' })
      this.acknowledged.push(...this.#next)
      this.#next = []
      return told(200)
    } catch (error) {
      if (error instanceof Error && error.cause === 'not all') throw error
      return told(null) // it is dead, and what it did with these nobody knows
    }
  }
}
