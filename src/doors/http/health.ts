import type { Hono } from 'hono'
import type { StoreHealth } from '../../ground/store/index.ts'
import type { DoorEnv } from './caller.ts'

/** What the outside may ask about the process. */
export interface Health {
  /** Progress of the first load; null once done. */
  loading(): { step: string; done: number; total: number | null } | null
  store(): Promise<StoreHealth>
}

/** `/healthz`: the process is up. `/readyz`: first load done and the store answers. `/metrics`: for Prometheus. */
export function healthRoutes(app: Hono<DoorEnv>, health: Health): void {
  const longestDelay = watchEventLoop()
  app.get('/healthz', (context) => context.json({ status: 'up' }))
  app.get('/readyz', async (context) => {
    const loading = health.loading()
    if (loading) return context.json({ status: 'loading', ...loading }, 503)
    try {
      const store = await health.store()
      return context.json({ status: 'ready', store: store.mode, migration: store.migration })
    } catch (error) {
      return context.json({ status: 'store_unavailable', detail: (error as Error).message }, 503)
    }
  })
  app.get('/metrics', async (context) => {
    const store = await health.store()
    const memory = process.memoryUsage()
    const longest = longestDelay() / 1000
    return context.text(
      [
        gauge('process_resident_memory_bytes', 'Memory of the server process.', memory.rss),
        gauge('process_uptime_seconds', 'Since the process started.', process.uptime()),
        gauge('throughline_store_bytes', 'Size of the store on disk.', store.bytes),
        gauge('throughline_store_waiting_interactive', 'Statements waiting in the interactive lane.', store.waiting.interactive),
        gauge('throughline_store_waiting_background', 'Statements waiting in the background lane.', store.waiting.background),
        gauge('throughline_event_loop_delay_max_seconds', 'Longest the event loop was held up since this was last asked.', longest),
        gauge('throughline_ready', '1 once the first load is done.', health.loading() ? 0 : 1),
      ].join(''),
      200,
      { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' },
    )
  })
}

const TICK_MS = 10

/**
 * The longest the event loop was held up since this was last asked, in milliseconds. Not Node's own histogram: after a
 * reset that counts nothing before its next tick, so what held the loop up right then (measured: 6 s) was never told.
 */
function watchEventLoop(): () => number {
  let longest = 0
  let last = performance.now()
  const tick = () => {
    const now = performance.now()
    longest = Math.max(longest, now - last - TICK_MS)
    last = now
  }
  setInterval(tick, TICK_MS).unref()
  return () => {
    tick()
    const told = longest
    longest = 0
    return told
  }
}

function gauge(name: string, help: string, value: number): string {
  return `# HELP ${name} ${help}\n# TYPE ${name} gauge\n${name} ${value}\n`
}
