import type { Context } from 'hono'
import { Refusal } from '../../ground/core/index.ts'
import type { Ground } from '../../ground/index.ts'
import { sql } from '../../ground/store/index.ts'
import { alertsSignature } from '../../houses/reliability/index.ts'
import type { DoorEnv } from './caller.ts'
import { demand } from './route.ts'

/** What may have changed. Nothing more is told: a page asks again for what it shows. */
export type LiveTopic = 'alerts' | 'slos'

interface Topic {
  everyMs: number
  /** A word that is another one after a change. */
  word(store: Ground['store']): Promise<string>
}

const TOPICS: Record<LiveTopic, Topic> = {
  alerts: { everyMs: 2_000, word: alertsSignature },
  // Budgets follow samples, promises, corrections and the clock: whatever was written may be one of them.
  slos: {
    everyMs: 15_000,
    word: async (store) => (await store.query<{ word: string }>(sql`select pg_current_snapshot()::text as word`))[0]!.word,
  },
}
/** A line that keeps proxies and browsers from taking silence for the end. */
const HEARTBEAT_MS = 15_000
const MOST_LISTENERS = 500

type Send = (text: string) => void

/** Looks for changes while anybody listens, once for all of them; whichever process wrote them. */
export class LiveEvents {
  readonly #store: Ground['store']
  readonly #listeners = new Set<{ send: Send; end: () => void }>()
  #timers: NodeJS.Timeout[] = []

  constructor(store: Ground['store'], stopping?: AbortSignal) {
    this.#store = store
    stopping?.addEventListener('abort', () => {
      for (const { end } of this.#listeners) end()
    })
  }

  /** `GET /api/events`: server-sent events (HTML standard, "Server-sent events"), `event: change` with the topic as data. */
  handle(): (context: Context<DoorEnv>) => Response {
    return (context) => {
      demand(context.get('caller'), 'read')
      if (this.#listeners.size >= MOST_LISTENERS)
        throw new Refusal('events.too_many', `${MOST_LISTENERS} listen already.`, {
          status: 503,
          fix: 'Ask again from time to time instead.',
        })
      return new Response(this.#stream(context.req.raw.signal), {
        headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store', 'x-accel-buffering': 'no' },
      })
    }
  }

  #stream(gone: AbortSignal): ReadableStream<Uint8Array> {
    const text = new TextEncoder()
    let leave = () => {}
    return new ReadableStream({
      start: (controller) => {
        const send: Send = (line) => {
          // Whoever reads too slowly misses nothing that the next look would not show.
          if ((controller.desiredSize ?? 0) > -64) controller.enqueue(text.encode(line))
        }
        const listener = {
          send,
          end: () => {
            leave()
            controller.close()
          },
        }
        leave = () => {
          this.#listeners.delete(listener)
          if (this.#listeners.size === 0) this.#rest()
        }
        this.#listeners.add(listener)
        if (this.#listeners.size === 1) this.#look()
        send('retry: 5000\n\n')
        gone.addEventListener('abort', () => leave())
      },
      cancel: () => leave(),
    })
  }

  #look(): void {
    const beat = setInterval(() => this.#tell(': \n\n'), HEARTBEAT_MS)
    this.#timers = [beat, ...Object.entries(TOPICS).map(([name, topic]) => this.#watch(name, topic))]
    for (const timer of this.#timers) timer.unref()
  }

  #watch(name: string, { word, everyMs }: Topic): NodeJS.Timeout {
    let known: string | null = null
    let busy = false
    const look = async () => {
      if (busy) return
      busy = true
      try {
        const now = await this.#store.background(() => word(this.#store))
        if (known !== null && known !== now) this.#tell(`event: change\ndata: ${name}\n\n`)
        known = now
      } catch {
        // A store that is away for a while tells nothing; whoever asks it will hear why.
      } finally {
        busy = false
      }
    }
    void look()
    return setInterval(() => void look(), everyMs)
  }

  #tell(line: string): void {
    for (const { send } of this.#listeners) send(line)
  }

  #rest(): void {
    for (const timer of this.#timers) clearInterval(timer)
    this.#timers = []
  }
}
