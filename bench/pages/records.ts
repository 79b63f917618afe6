import { DAY, formatInstant, HOUR, MINUTE } from '../../src/ground/core/index.ts'
import type { Span } from '../../src/ground/intake/index.ts'
import { type Evidence, parseEvidence } from '../../src/ground/ledger/index.ts'
import { pathOf, repositoryOf, SENT, serviceName, type Size, TOPICS } from './company.ts'

/** Services that have an SLO, and are sampled every hour. */
export const hasSlo = (n: number) => n % 3 === 0

const sha = (letter: string, n: number) => letter + n.toString(16).padStart(39, '0')
const componentOf = (n: number) => `component:default/${serviceName(n)}`

function* told(lines: Iterable<Record<string, unknown>>): Generator<Evidence> {
  for (const line of lines) {
    const read = parseEvidence({ source: 'bench', ...line })
    if (!read.ok) throw new Error(JSON.stringify([line, read.problems]))
    yield read.value
  }
}

/**
 * Half a year of a company in so many records: work (a third), what people do with the product (a third), samples of service
 * levels, bills and values sent in. The first days come first.
 */
export function* recordsOf(size: Size, records: number): Generator<Evidence> {
  const { services, now } = size
  const from = now - 182 * DAY
  const at = (share: number) => Math.floor(from + share * (now - from - 4 * HOUR))
  const changes = Math.floor(records / 10) // each comes with a commit, three in four with a deployment, one in three with a work item
  for (let n = 0; n < changes; n++) yield* told(changed(n, at(n / changes), services))
  const samples = Math.floor((records / 5 / services) * 3)
  for (let n = 0; n < services; n++) if (hasSlo(n)) yield* told(sampled(n, now, Math.min(samples, 182 * 24)))
  const people = Math.floor(records / 28)
  for (let n = 0; n < people; n++) yield* told(used(n, at(n / people), now))
  const days = Math.min(182, Math.floor(records / 9 / services))
  for (let n = 0; n < services; n++) yield* told(billed(n, now, days))
  for (const [place, measure] of SENT.entries()) yield* told(sent(measure, place, now, services))
}

/** A change with its commit, most also with a deployment, some with the work item it is for; one in sixty fails and is mended. */
export function* changed(n: number, at: number, services: number): Generator<Record<string, unknown>> {
  const service = (n * 7_919) % services
  const subject = repositoryOf(service)
  const [commit, key] = [sha('a', n), `WORK-${n}`]
  const iso = (hours: number) => formatInstant(at + hours * HOUR)
  const title = `Let the ${TOPICS[n % TOPICS.length]!} ${n % 4 === 0 ? 'page load sooner' : 'job run'} (${n})`
  if (n % 3 === 0)
    yield {
      kind: 'work_item',
      id: key,
      subject,
      at: iso(-60),
      title,
      type: n % 5 === 0 ? 'bug' : 'story',
      state: 'done',
      createdAt: iso(-60),
      startedAt: iso(-30),
      doneAt: iso(2),
    }
  const author = `dev-${(n * 31) % 200}@example.org`
  yield {
    kind: 'commit',
    id: commit,
    subject,
    at: iso(0),
    sha: commit,
    author,
    authoredAt: iso(-20),
    committedAt: iso(0),
    parents: n >= 10 ? [sha('a', n - 10)] : [],
    message: `${title}${n % 6 === 0 ? `\n\nServes: outcome-${n % 10}` : ''}`,
    additions: n % 500,
    deletions: n % 40,
    files: [[`${pathOf(service)}/src/file-${n % 50}.ts`, n % 500, n % 40]],
  }
  yield {
    kind: 'change',
    id: String(n),
    subject,
    at: iso(0),
    number: n,
    title: n % 3 === 0 ? `${key} ${title}` : title,
    author,
    openedAt: iso(-18),
    firstReviewAt: iso(-6),
    mergedAt: iso(0),
    mergeCommit: commit,
    commits: [{ sha: commit, authoredAt: iso(-20) }],
    additions: n % 500,
    deletions: n % 40,
  }
  if (n % 4 !== 3) yield deploymentOf(n, at + 40 * MINUTE, services)
  if (n % 60 === 0)
    yield {
      kind: 'incident',
      id: `i${n}`,
      subject: componentOf(service),
      at: iso(1),
      title: 'It does not answer',
      openedAt: iso(1),
      ...(n % 6_000 === 0 ? {} : { resolvedAt: iso(3) }),
      causedBy: `d${n}`,
    }
}

/** The deployment of the n-th change. */
export function deploymentOf(n: number, at: number, services: number): Record<string, unknown> {
  return {
    kind: 'deployment',
    id: `d${n}`,
    subject: componentOf((n * 7_919) % services),
    at: formatInstant(at),
    commit: sha('a', n),
    commits: [sha('a', n)],
    startedAt: formatInstant(at - 10 * MINUTE),
    finishedAt: formatInstant(at),
    outcome: n % 50 === 49 ? 'failure' : 'success',
  }
}

/** Hours of one indicator, up to the present one. */
function* sampled(n: number, now: number, hours: number): Generator<Record<string, unknown>> {
  for (let hour = hours; hour > 0; hour--) {
    const windowStart = formatInstant(Math.floor(now / HOUR) * HOUR - hour * HOUR)
    const bad = (n + hour) % 97 === 0 ? 90 : (n * hour) % 5
    yield {
      kind: 'sli',
      id: windowStart,
      subject: componentOf(n),
      at: windowStart,
      indicator: 'answered',
      windowStart,
      seconds: 3_600,
      good: 1_000 - bad,
      total: 1_000,
    }
  }
}

/** One person who signs up, looks around and, mostly, orders again and again. */
function* used(n: number, at: number, now: number): Generator<Record<string, unknown>> {
  const event = (name: string, place: number, moment: number, more: object = {}) => ({
    kind: 'product_event',
    id: `${n}-${place}`,
    subject: componentOf(n % 10),
    at: formatInstant(moment),
    name,
    actor: `person-${n}@example.org`,
    ...more,
  })
  const moments = Array.from({ length: 10 }, (_, place) => at + place * place * (n % 13) * HOUR * 6)
  for (const [place, moment] of moments.entries()) {
    if (moment > now) return
    const name = place === 0 ? 'signed_up' : place % 3 === 2 ? 'ordered' : 'viewed'
    yield event(name, place, moment, name === 'ordered' ? { revenue: { amount: 5 + (n % 20), currency: 'EUR' } } : {})
  }
}

function* billed(n: number, now: number, days: number): Generator<Record<string, unknown>> {
  for (let day = 0; day < days; day++) {
    const from = formatInstant(Math.floor(now / DAY) * DAY - (day + 1) * DAY)
    yield {
      kind: 'cost',
      id: `${n}-${from}`,
      subject: n % 20 === 0 ? 'resource:default/account' : componentOf(n),
      at: from,
      from,
      bill: from.slice(0, 7),
      currency: 'EUR',
      billed: String((n % 50) + day / 100),
      effective: String((n % 50) + day / 100),
      service: ['Virtual machines', 'Managed database', 'Object storage'][n % 3],
    }
  }
}

/** A value a day of the whole and, of some services, of their own; the last measure comes by arm of a trial. */
function* sent(measure: string, place: number, now: number, services: number): Generator<Record<string, unknown>> {
  const subjects = ['system:default/system-0', ...Array.from({ length: Math.min(30, services) }, (_, n) => componentOf(n))]
  for (const subject of place < 3 ? subjects : subjects.slice(0, 1))
    for (let day = 182; day > 0; day--)
      for (const arm of place === SENT.length - 1 ? ['old', 'new'] : [null])
        yield {
          kind: 'measurement',
          id: `${measure}-${day}-${arm}`,
          subject,
          at: formatInstant(now - day * DAY),
          measure,
          value: 100 + place + ((day * 37) % 11) + (day < 60 ? 6 : 0),
          ...(arm === null ? {} : { dimensions: { arm } }),
        }
}

/** Three hours of calls: each service answers some, and asks the next for half of them. */
export function spansOf({ services, now }: Size, calls: number): Span[] {
  const hex = (n: number, length: number) => n.toString(16).padStart(length, '0')
  return Array.from({ length: calls }, (_, n): Span[] => {
    const service = n % services
    const start = now - 3 * HOUR + Math.floor((n / calls) * 2.9 * HOUR)
    const resource = (of: number) => ({ service: serviceName(of % services), namespace: 'default', instance: String(of % services) })
    const span = (id: number, of: number, kind: Span['kind'], parent: number | null): Span => ({
      resource: resource(of),
      name: 'GET /things/{id}',
      kind,
      traceId: hex(n + 1, 32),
      spanId: hex(id, 16),
      parentId: parent === null ? null : hex(parent, 16),
      links: [],
      start,
      end: start + 5 + (n % 40),
      isError: n % 90 === 0,
      attributes: new Map([
        ['http.request.method', 'GET'],
        ['http.route', '/things/{id}'],
      ]),
    })
    const first = n * 3 + 1
    return [
      span(first, service, 'server', null),
      span(first + 1, service, 'client', first),
      span(first + 2, service + 1, 'server', first + 1),
    ]
  }).flat()
}
