import { setImmediate as giveWay } from 'node:timers/promises'
import type { Instant, Ref } from '../../../../ground/core/index.ts'
import type { LogRecord, MetricPoint, Span, TelemetryResource } from '../../../../ground/intake/index.ts'
import type { Ground } from '../../../../ground/index.ts'
import { knownOperations, knownServices } from '../store/known.ts'
import { Body, type Signal } from './body.ts'
import { Commits } from './commits.ts'
import { Operations } from './operations.ts'
import { Services } from './services.ts'

/** Items between two looks whether somebody else waits: about 5 ms of work. */
const SLICE = 1_000
/** How long the catalogue is believed. */
const BELIEVED_MS = 10_000

/** What a sender hands in. `items` may end in a refusal; then nothing of the body is counted. */
export type Handed =
  | { signal: 'traces'; hash: string; items: Iterable<Span> }
  | { signal: 'metrics'; hash: string; items: Iterable<MetricPoint> }
  | { signal: 'logs'; hash: string; items: Iterable<LogRecord> }

/** Counts telemetry of a store. One a process: it remembers names, and what it has just seen of traces. */
export class Telemetry {
  readonly #ground: Ground
  readonly #commits: Commits
  #operations: Promise<Operations> | null = null
  #services: { at: number; services: Promise<Services>; known: Set<Ref> } | null = null

  constructor(ground: Ground) {
    this.#ground = ground
    this.#commits = new Commits(ground)
  }

  /**
   * Counts a body, once however often it comes within an hour. What it says is kept durable when this returns.
   * @returns how many of its items could not be counted, and why
   */
  async take(handed: Handed): Promise<{ rejected: number; why: string }> {
    const body = new Body(handed.hash, this.#ground.clock())
    const [services, operations] = await Promise.all([this.#whichServices(), this.#whichOperations()])
    const count = {
      traces: (span: Span) => countSpan(body, span, services, operations),
      metrics: (point: MetricPoint) => countPresence(body, services, 'metrics', point.resource, point.at),
      logs: (record: LogRecord) => countLog(body, services, record),
    }[handed.signal] as (item: Span | MetricPoint | LogRecord) => void
    let n = 0
    for (const item of handed.items) {
      count(item)
      if ((n += 1) % SLICE === 0) await giveWay()
    }
    await this.#commits.commit(body)
    return body.rejection()
  }

  /** Operations known from before; asked again after a failure. */
  #whichOperations(): Promise<Operations> {
    this.#operations ??= knownOperations(this.#ground.store).then((known) => new Operations(known))
    this.#operations.catch(() => (this.#operations = null))
    return this.#operations
  }

  #whichServices(): Promise<Services> {
    const now = performance.now()
    if (this.#services && now - this.#services.at < BELIEVED_MS) return this.#services.services
    const before = this.#services?.known
    const found = { at: now, known: before ?? new Set<Ref>(), services: this.#readServices(before) }
    this.#services = found
    found.services.catch(() => (this.#services = null))
    return found.services
  }

  async #readServices(before: Set<Ref> | undefined): Promise<Services> {
    const { catalog, store } = this.#ground
    const [declared, known] = await Promise.all([catalog.refs({ kind: 'component' }), before ?? knownServices(store)])
    if (this.#services) this.#services.known = known
    return new Services(new Set(declared), known)
  }
}

function countSpan(body: Body, span: Span, services: Services, operations: Operations): void {
  const service = countPresence(body, services, 'traces', span.resource, span.end)
  if (service !== null) body.spans.add(service, operations.of(service, span), span)
}

function countLog(body: Body, services: Services, record: LogRecord): void {
  const service = countPresence(body, services, 'logs', record.resource, record.at)
  if (service === null) return
  if (record.isStructured) body.reveal(service, 'structured_logs', record.at)
  if (record.traceId !== null) body.reveal(service, 'correlated_logs', record.at)
}

/** The service that sent an item, or null where the item cannot be counted. */
function countPresence(body: Body, services: Services, signal: Signal, resource: TelemetryResource, at: Instant): Ref | null {
  if (!body.admits(at)) return null
  const service = services.of(resource)
  if (service === null) body.reject('are of a service more than are counted')
  else body.reveal(service, signal, at)
  return service
}
