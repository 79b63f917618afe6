import type { IncomingMessage, Server } from 'node:http'

/** How long bodies may take. */
interface Patience {
  /** Without a byte, on every route. */
  idleMs: number
  /** Until the body is whole, on ordinary routes. */
  wholeMs: number
  /** Between two looks. */
  lookMs: number
}
const PATIENCE: Patience = { idleMs: 60_000, wholeMs: 5 * 60_000, lookMs: 5_000 }

/** Routes that take what may be gigabytes while it comes in: as long as bytes arrive they go on. */
const STREAMS = new Set(['/api/evidence', '/api/tables'])

const ANSWER = JSON.stringify({
  type: 'about:blank',
  title: 'Request Timeout',
  status: 408,
  code: 'http.too_slow',
  detail: 'The body stopped coming, or took too long.',
  fix: 'Send it again in one go; what is large goes to /api/evidence or /api/tables, which take it as it comes.',
})
const HEAD = `HTTP/1.1 408 Request Timeout\r\nconnection: close\r\ncontent-type: application/problem+json\r\ncontent-length: ${Buffer.byteLength(ANSWER)}\r\n\r\n`

/**
 * Hangs up on senders that keep a request open without sending: Node's own limit (`requestTimeout`) is one for all routes, and
 * has to be as long as the longest import. Whoever waits for us to read is not slow, and for as long as this process stands still
 * nobody can be: that time counts for none.
 */
export function cutSlowBodies(server: Pick<Server, 'on'>, { idleMs, wholeMs, lookMs }: Patience = PATIENCE): void {
  const open = new Map<IncomingMessage, { begunAt: number; movedAt: number; bytes: number }>()
  server.on('request', (request: IncomingMessage) => {
    if (!hasBody(request)) return
    const now = performance.now()
    open.set(request, { begunAt: now, movedAt: now, bytes: request.socket.bytesRead })
    request.once('close', () => open.delete(request))
  })
  let lookedAt = performance.now()
  const look = () => {
    const now = performance.now()
    const stoodStill = Math.max(0, now - lookedAt - lookMs)
    lookedAt = now
    for (const [request, seen] of open) {
      const { socket } = request
      seen.begunAt += stoodStill
      seen.movedAt += stoodStill
      if (request.complete || socket.destroyed) {
        open.delete(request)
        continue
      }
      if (socket.bytesRead !== seen.bytes || request.readableLength > 0) Object.assign(seen, { movedAt: now, bytes: socket.bytesRead })
      const isLate = now - seen.begunAt > wholeMs && !STREAMS.has((request.url ?? '').replace(/\?.*$/s, ''))
      if (isLate || now - seen.movedAt > idleMs) socket.end(HEAD + ANSWER, () => socket.destroy())
    }
  }
  const timer = setInterval(look, lookMs).unref()
  server.on('close', () => clearInterval(timer))
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
}
