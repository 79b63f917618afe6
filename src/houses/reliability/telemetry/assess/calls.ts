import { HOUR, type Ref } from '../../../../ground/core/index.ts'
import type { Span } from '../../../../ground/intake/index.ts'
import { addCall } from './count-spans.ts'

/** How a call is known: spans came from both sides, or the caller says what it called. */
export type Via = 'spans' | 'said'

/** Calls of one thing by another that ended in one hour. */
export interface CallHour {
  caller: Ref
  /** A component; or `database:…`, `queue:…`, `host:…` where nothing more is known. */
  callee: string
  via: Via
  hour: number
  calls: number
  errors: number
  durations: Map<number, number>
}

/** Calls of one body. */
export class CallCount {
  readonly #hours = new Map<string, CallHour>()
  /** Which component answered at a host. */
  readonly hosts = new Map<string, { caller: Ref; host: string; callee: Ref; at: number }>()

  add(caller: Ref, callee: string, via: Via, one: Pick<Seen, 'end' | 'ms' | 'isError'>): void {
    const hour = Math.floor(one.end / HOUR) * HOUR
    const key = `${caller}\n${callee}\n${via}\n${hour}`
    let calls = this.#hours.get(key)
    if (!calls) this.#hours.set(key, (calls = { caller, callee, via, hour, calls: 0, errors: 0, durations: new Map() }))
    addCall(calls, one.ms, one.isError)
  }

  hours(): IterableIterator<CallHour> {
    return this.#hours.values()
  }
}

/** What is remembered of a span for whoever it called, or was called by. */
interface Seen {
  service: Ref
  end: number
  ms: number
  isError: boolean
  host: string | null
}

/** Spans of either side that are remembered; at 10,000 a second about ten seconds. */
const MOST_REMEMBERED = 100_000

/** The last so many things by key: two halves, of which the older is let go when the newer is full. */
class Recent<T> {
  #young = new Map<string, T>()
  #old = new Map<string, T>()

  set(key: string, value: T): void {
    if (this.#young.size >= MOST_REMEMBERED / 2) {
      this.#old = this.#young
      this.#young = new Map()
    }
    this.#young.set(key, value)
  }

  get(key: string): T | undefined {
    return this.#young.get(key) ?? this.#old.get(key)
  }

  delete(key: string): void {
    this.#young.delete(key)
    this.#old.delete(key)
  }
}

/**
 * Joins the two sides of calls: a span that serves with the one that called, its parent or one it links to, whichever comes
 * first, in one body or in bodies shortly after one another. What is not joined is not a call.
 */
export class CallWindow {
  readonly #callers = new Recent<Seen>()
  readonly #awaiting = new Recent<Seen>()

  /** @param named the component another service names */
  see(service: Ref, span: Span, calls: CallCount, named: (name: string, beside: Ref) => Ref): void {
    const seen: Seen = {
      service,
      end: span.end,
      ms: span.end - span.start,
      isError: span.isError,
      host: span.attributes.get('server.address') ?? span.attributes.get('net.peer.name') ?? null,
    }
    if (span.kind === 'client' || span.kind === 'producer') this.#called(seen, span, calls, named)
    else if (span.kind === 'server' || span.kind === 'consumer') this.#served(seen, span, calls)
  }

  #called(seen: Seen, span: Span, calls: CallCount, named: (name: string, beside: Ref) => Ref): void {
    const other = saidBy(span, (name) => named(name, seen.service))
    if (other !== null) calls.add(seen.service, other, 'said', seen)
    if (span.spanId === null) return
    this.#callers.set(span.spanId, seen)
    const served = this.#awaiting.get(span.spanId)
    if (!served) return
    this.#awaiting.delete(span.spanId)
    joined(seen, served, calls)
  }

  #served(seen: Seen, span: Span, calls: CallCount): void {
    if (span.kind === 'consumer') {
      const queue = queueOf(span)
      if (queue) calls.add(seen.service, queue, 'said', seen)
    }
    for (const id of span.parentId === null ? span.links : [span.parentId, ...span.links]) {
      const caller = this.#callers.get(id)
      if (caller) joined(caller, seen, calls)
      else this.#awaiting.set(id, seen)
    }
  }
}

function joined(caller: Seen, served: Seen, calls: CallCount): void {
  if (caller.service === served.service) return
  calls.add(caller.service, served.service, 'spans', served)
  if (caller.host)
    calls.hosts.set(`${caller.service}\n${caller.host}`, {
      caller: caller.service,
      host: hostName(caller.host),
      callee: served.service,
      at: served.end,
    })
}

/** What the caller says of the other side; null where it says nothing. */
function saidBy(span: Span, named: (name: string) => Ref): string | null {
  const { attributes } = span
  const peer = attributes.get('service.peer.name') ?? attributes.get('peer.service')
  if (peer) return named(peer)
  const database = attributes.get('db.system.name') ?? attributes.get('db.system')
  if (database) return short('database', database)
  const queue = queueOf(span)
  if (queue) return queue
  const host = attributes.get('server.address') ?? attributes.get('net.peer.name')
  return host ? hostName(host) : null
}

function queueOf({ attributes }: Span): string | null {
  const system = attributes.get('messaging.system')
  const destination = attributes.get('messaging.destination.name') ?? attributes.get('messaging.destination')
  return system ? short('queue', destination ? `${system}/${destination}` : system) : null
}

function hostName(host: string): string {
  return short('host', host)
}

function short(kind: string, name: string): string {
  return `${kind}:${name.slice(0, 120).toWellFormed().replaceAll('\0', '').toLowerCase()}`
}
