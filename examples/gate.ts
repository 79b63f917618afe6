import type { Ref } from '../src/ground/core/index.ts'
import { DAY, HOUR, MINUTE } from './generator/calendar.ts'
import { type Random, randomOf } from './generator/random.ts'
import { componentRef, type ExampleRecord, repositoryRef } from './generator/record.ts'

/** A question that a pipeline put to the release gate. */
export interface GateAsk {
  component: Ref
  commit: string
  fixes: string[]
  purpose: 'fix' | 'reliability' | null
  at: number
  person: Ref
}

/** Somebody let pass what the gate held. */
export interface GateOverride {
  component: Ref
  commit: string
  reason: string
  told: string[]
  by: Ref
  from: number
  until: number
}

/** Since when pipelines ask, in days back from now. */
const SINCE = 14
/** Of those that ask, so many releases of ten go out without. */
const ASKING: Readonly<Record<string, number>> = {
  checkout: 0,
  pricing: 2,
  payments: 1,
  identity: 1,
  'tracking-api': 0,
  'depot-scanner': 2,
  sorting: 0,
}
/** How releases of sorting pass the gate, which its broken promise holds, in turn. */
const HELD = ['overridden', 'reliability', 'against', 'unasked'] as const
const REASONS = [
  'Without it the night shift sorts by hand; it can be taken back within ten minutes.',
  'It loses fewer scans than what runs now, as two weeks on one machine showed.',
]
/** A release of sorting that waits since so long. */
const WAITS = 3 * HOUR
const PIPELINE: Ref = 'user:example/pipeline'
const LEAD: Ref = 'user:example/iver-lund'

type Deployment = Extract<ExampleRecord, { kind: 'deployment' }>
type Incident = Extract<ExampleRecord, { kind: 'incident' }>

/**
 * What was asked of the release gate of Nordlys Parcel in the last two weeks, and who overrode it. Pipelines ask before they
 * release; after an incident they ask too early, are held, and ask again when it is over.
 * @param records the year as generated; only deployments, incidents and commits are looked at
 */
export function gateHistory(records: readonly ExampleRecord[], { seed, now }: { seed: number; now: number }) {
  const random = randomOf(seed, 'gate')
  const asks: GateAsk[] = []
  const overrides: GateOverride[] = []
  for (const [service, forgotten] of Object.entries(ASKING)) {
    const subject = componentRef(service)
    const releases = records.filter(
      (record): record is Deployment => record.kind === 'deployment' && record.subject === subject && isRelease(record, now),
    )
    for (const [place, release] of releases.entries()) {
      const way = service === 'sorting' ? HELD[place % HELD.length]! : random.below(10) < forgotten ? 'unasked' : 'asked'
      const told = releaseAsked(release, way, overrides.length, random)
      asks.push(...told.asks)
      overrides.push(...told.overrides)
    }
    const incidents = records.filter(
      (record): record is Incident =>
        record.kind === 'incident' && record.subject === subject && minuteOf(record.openedAt) > now - SINCE * DAY,
    )
    asks.push(...incidents.flatMap((incident) => askedTooEarly(incident, releases)))
  }
  const waits = records.findLast((record) => record.kind === 'commit' && record.subject === repositoryRef('sorting'))
  if (waits?.kind === 'commit')
    asks.push({
      component: componentRef('sorting'),
      commit: waits.sha,
      fixes: [],
      purpose: null,
      at: now - WAITS,
      person: PIPELINE,
    })
  return { asks: asks.sort((a, b) => a.at - b.at), overrides }
}

function isRelease({ source, environment, outcome, rollbackOf, startedAt }: Deployment, now: number): boolean {
  return (
    source === 'pipeline' &&
    environment === 'production' &&
    outcome === 'success' &&
    rollbackOf === undefined &&
    minuteOf(startedAt) > now - SINCE * DAY
  )
}

function releaseAsked(
  release: Deployment,
  way: (typeof HELD)[number] | 'asked',
  overridden: number,
  random: Random,
): { asks: GateAsk[]; overrides: GateOverride[] } {
  if (way === 'unasked') return { asks: [], overrides: [] }
  const start = minuteOf(release.startedAt)
  const ask = (minutes: number, purpose: GateAsk['purpose'] = null): GateAsk => ({
    component: release.subject,
    commit: release.commit,
    fixes: release.fixes ? [release.fixes] : [],
    purpose: release.fixes ? 'fix' : purpose,
    at: start - minutes * MINUTE,
    person: PIPELINE,
  })
  const last = 3 + random.below(5)
  if (way !== 'overridden') return { asks: [ask(last, way === 'reliability' ? way : null)], overrides: [] }
  const from = start - 30 * MINUTE
  return {
    asks: [ask(40), ask(last)],
    overrides: [
      {
        component: release.subject,
        commit: release.commit,
        reason: REASONS[overridden % REASONS.length]!,
        told: ['group:example/depot', 'group:example/council'],
        by: LEAD,
        from,
        until: from + 4 * HOUR,
      },
    ],
  }
}

/** Somebody wants to go on while an incident is open, is held, and asks again when it is over. */
function askedTooEarly({ openedAt, resolvedAt }: Incident, releases: readonly Deployment[]): GateAsk[] {
  const opened = minuteOf(openedAt)
  const next = releases.find(({ startedAt, planned }) => planned === true && minuteOf(startedAt) > opened)
  if (!next || resolvedAt === undefined) return []
  return [opened + 20 * MINUTE, minuteOf(resolvedAt) + 10 * MINUTE].map((at) => ({
    component: next.subject,
    commit: next.commit,
    fixes: [],
    purpose: null,
    at,
    person: PIPELINE,
  }))
}

/** The minute of a moment. */
function minuteOf(text: string | undefined): number {
  return text === undefined ? Number.NaN : Math.floor(Date.parse(text) / MINUTE) * MINUTE
}
