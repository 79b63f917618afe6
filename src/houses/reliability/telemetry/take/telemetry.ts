import { hash } from 'node:crypto'
import { setImmediate as giveWay } from 'node:timers/promises'
import type { Instant, Ref } from '../../../../ground/core/index.ts'
import type { LogRecord, MetricPoint, Span, TelemetryResource } from '../../../../ground/intake/index.ts'
import type { Ground } from '../../../../ground/index.ts'
import { CallWindow } from '../assess/calls.ts'
import { Patterns } from '../assess/patterns.ts'
import { ownIndicators } from '../indicators/own.ts'
import { slosOf } from '../../store/slos.ts'
import { knownOperations, knownPatterns, knownServices } from '../store/known.ts'
import { Body, type Signal } from './body.ts'
import { Commits } from './commits.ts'
import { Operations } from './operations.ts'
import { Services } from './services.ts'

/** Items between two looks whether somebody else waits: about 5 ms of work. */
const SLICE = 1_000
/** How long the catalogue is believed. */
const BELIEVED_MS = 10_000

/** Names of metrics by service. */
type WantedMetrics = ReadonlyMap<Ref, ReadonlySet<string>>
const NONE: WantedMetrics = new Map()

/** What a sender hands in. `items` may end in a refusal; then nothing of the body is counted. */
export type Handed =
  | { signal: 'traces'; hash: string; items: Iterable<Span> }
  | { signal: 'metrics'; hash: string; items: Iterable<MetricPoint> }
  | { signal: 'logs'; hash: string; items: Iterable<LogRecord> }

/** Counts telemetry of a store. One a process: it remembers names, and what it has just seen of traces. */
export class Telemetry {
  readonly #ground: Ground
  readonly #commits: Commits
  readonly #calls = new CallWindow()
  #remembered: { erased: number; names: Promise<{ operations: Operations; patterns: Patterns }> } | null = null
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
    const [services, { operations, patterns }] = await Promise.all([this.#whichServices(), this.#whatIsKnown()])
    const wanted = handed.signal === 'metrics' ? await this.#wantedMetrics() : NONE
    const count = {
      traces: (span: Span) => countSpan(body, span, { services, operations, window: this.#calls }),
      metrics: (point: MetricPoint) => countPoint(body, point, services, wanted),
      logs: (record: LogRecord) => countLog(body, record, services, patterns),
    }[handed.signal] as (item: Span | MetricPoint | LogRecord) => void
    let n = 0
    for (const item of handed.items) {
      count(item)
      if ((n += 1) % SLICE === 0) await giveWay()
    }
    await this.#commits.commit(body)
    return body.rejection()
  }

  /** Names known from before; asked again after a failure, and after somebody was erased from them. */
  async #whatIsKnown(): Promise<{ operations: Operations; patterns: Patterns }> {
    const { store, identity } = this.#ground
    const { erased } = identity.people
    // Once it is known who was erased from an embedded store, nobody else erases anybody.
    if (this.#remembered === null || store.mode !== 'embedded') await erased.catchUp()
    if (this.#remembered?.erased !== erased.latest) {
      const without = (text: string) => erased.text(text)
      const names = Promise.all([knownOperations(store), knownPatterns(store)]).then(([operations, patterns]) => ({
        operations: new Operations(operations, without),
        patterns: new Patterns(patterns, without),
      }))
      names.catch(() => (this.#remembered = null))
      this.#remembered = { erased: erased.latest, names }
    }
    return this.#remembered.names
  }

  /** Metrics that indicators ask for, by service. */
  async #wantedMetrics(): Promise<WantedMetrics> {
    const wanted = new Map<Ref, Set<string>>()
    for (const one of ownIndicators(await slosOf(this.#ground)))
      if (one.from === 'points') {
        const metrics = wanted.get(one.subject) ?? new Set()
        metrics.add(one.all.metric)
        if ('part' in one) metrics.add(one.part.metric)
        wanted.set(one.subject, metrics)
      }
    return wanted
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

function countSpan(
  body: Body,
  span: Span,
  { services, operations, window }: { services: Services; operations: Operations; window: CallWindow },
): void {
  // Nobody knows how long a span without a start took.
  const service = countPresence(body, services, 'traces', span.resource, span.start === 0 ? 0 : span.end)
  if (service === null) return
  body.spans.add(service, operations.of(service, span), span)
  window.see(service, span, body.calls, (name, beside) => services.named(name, beside))
}

function countPoint(body: Body, point: MetricPoint, services: Services, wanted: WantedMetrics): void {
  const service = countPresence(body, services, 'metrics', point.resource, point.at)
  if (service === null || !wanted.get(service)?.has(point.metric)) return
  // NaN, and less than nothing, are no counts; a state may be either, and is told to be none.
  if (point.temporality !== null && !(point.value >= 0 && point.value < Infinity)) return
  const attributes = [...point.attributes].sort(([a], [b]) => (a < b ? -1 : 1))
  const series = hash('sha256', JSON.stringify([point.resource.instance, point.scope, attributes]), 'base64url').slice(0, 22)
  body.points.push({ service, series, point })
}

function countLog(body: Body, record: LogRecord, services: Services, patterns: Patterns): void {
  const service = countPresence(body, services, 'logs', record.resource, record.at)
  if (service === null) return
  if (record.isStructured) body.reveal(service, 'structured_logs', record.at)
  if (record.traceId !== null) body.reveal(service, 'correlated_logs', record.at)
  body.complain(service, record, patterns)
}

/** The service that sent an item, or null where the item cannot be counted. */
function countPresence(body: Body, services: Services, signal: Signal, resource: TelemetryResource, at: Instant): Ref | null {
  if (!body.admits(at)) return null
  const service = services.of(resource)
  if (service === null) body.reject('are of a service more than are counted')
  else body.reveal(service, signal, at)
  return service
}
