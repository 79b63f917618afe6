import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import * as z from 'zod'
import { Evidence } from '../src/ground/ledger/index.ts'
import { generateExample, plantedTruth } from './generate.ts'
import { DAY } from './generator/calendar.ts'
import type { ExampleRecord } from './generator/record.ts'
import { SERVICES } from './generator/services.ts'
import { quantile, recount } from './recount.fixture.ts'

const NOW = Date.parse('2026-12-01T10:00:00Z')
const END = Date.parse('2026-12-01T00:00:00Z')
const records = [...generateExample({ now: NOW })].flat()
const bytes = (wish: Parameters<typeof generateExample>[0]) =>
  createHash('sha256')
    .update(JSON.stringify([...generateExample(wish)]))
    .digest('hex')

const Band = z.tuple([z.number(), z.number()])
const planted = z
  .object({
    outcomes: z.array(
      z.looseObject({
        outcome: z.string(),
        subject: z.string().optional(),
        baselineDays: Band.optional(),
        nowDays: Band.optional(),
        atDue: Band.optional(),
        now: Band.optional(),
        dueDaysAgo: z.number().optional(),
      }),
    ),
    principles: z.array(
      z.looseObject({
        principle: z.string(),
        limit: z.number().optional(),
        broken: z.record(z.string(), z.string()).optional(),
        excepted: z.array(z.string()).optional(),
      }),
    ),
    decisions: z.looseObject({ brokenAssumption: z.looseObject({ measure: z.string(), now: Band }) }),
    experiments: z.array(
      z.looseObject({
        measure: z.string(),
        control: z.string(),
        treatment: z.string(),
        from: z.number(),
        to: z.number(),
        difference: Band,
        surelyBelowZero: z.boolean(),
      }),
    ),
    business: z.looseObject({
      activation: z.looseObject({ early: Band, late: Band }),
      refunds: Band,
      supportAsked: z.object({ early: Band, late: Band }),
    }),
    evidence: z.looseObject({
      badQuarter: z.looseObject({ from: z.number(), to: z.number(), during: Band, otherwise: Band }),
      unlinkedShare: Band,
    }),
  })
  .parse(parse(readFileSync(new URL('planted.yaml', import.meta.url), 'utf8')))

describe('the generator', () => {
  it('gives the same bytes for the same seed and day, and others for another seed', () => {
    expect(bytes({ now: NOW, events: 3_000 })).toBe(bytes({ now: NOW + 3_600_000, events: 3_000, seed: 1 }))
    expect(bytes({ now: NOW, events: 3_000 })).not.toBe(bytes({ now: NOW, events: 3_000, seed: 2 }))
  })

  it.each([1, 100, 5_000, 27_000, 50_000, 80_000])('makes exactly %i records, in batches of at most 1,000', (events) => {
    const batches = [...generateExample({ now: NOW, events })]
    expect(batches.flat()).toHaveLength(events)
    expect(batches.every((batch) => batch.length <= 1_000)).toBe(true)
  })

  it('makes valid records of one year, all in the namespace of the example', () => {
    for (const record of records) {
      expect(Evidence.safeParse(record).error?.issues ?? []).toEqual([])
      expect(record.subject).toMatch(/^[a-z]+:example\//)
    }
    // Service levels alone are told until the minute.
    const moments = (kind: boolean) => records.filter((record) => (record.kind === 'sli') === kind).flatMap(momentsOf)
    expect(latest(moments(false))).toBeLessThanOrEqual(END)
    expect(latest(moments(true))).toBe(NOW - 60_000)
    expect(records.every((record) => Date.parse(record.at) >= END - 366 * DAY)).toBe(true)
  })

  it('names every record once, except the one that is told again later, and items that are opened again', () => {
    const names = records.map((record) => `${record.kind}/${record.source}/${record.id}/${record.subject}`)
    expect(names.length - new Set(names).size).toBe(1 + 2 * plantedTruth({ now: NOW }).items.reopened.length)
  })

  it('has commits whose parents are all there, in order of time', () => {
    const commits = new Map(records.flatMap((record) => (record.kind === 'commit' ? [[record.sha, record] as const] : [])))
    expect(commits.size).toBeGreaterThan(5_000)
    for (const commit of commits.values()) for (const parent of commit.parents) expect(commits.has(parent)).toBe(true)
  })

  it('works on working days', () => {
    const weekends = records.filter((record) => record.kind === 'change' && new Date(record.openedAt!).getUTCDay() % 6 === 0)
    expect(weekends.length / records.filter((record) => record.kind === 'change').length).toBeLessThan(0.12)
  })
})

describe.each([1, 2, 3])('the planted truths of seed %i', (seed) => {
  const all = seed === 1 ? records : [...generateExample({ now: NOW, seed })].flat()
  const count = recount(all)
  const truth = plantedTruth({ now: NOW, seed })
  const inSystem = (system: string) =>
    SERVICES.filter((service) => `system:example/${service.system}` === system).map((service) => service.name)
  const ago = (days: number) => END - days * DAY
  const leadP50 = (system: string, to: number) => quantile(count.leadDays(inSystem(system), to - 28 * DAY, to), 0.5)
  const failed = (system: string, from: number, to: number) => {
    const own = count.deployments(inSystem(system), from, to)
    return own.filter((one) => one.failed).length / own.length
  }
  const outcome = (name: string) => planted.outcomes.find((one) => one.outcome === `outcome:example/${name}`)!
  const expectWithin = (value: number, band: readonly [number, number] | undefined) => {
    expect(value).toBeGreaterThanOrEqual(band![0])
    expect(value).toBeLessThanOrEqual(band![1])
  }

  it('people who opened an account lately have to ask support half as often about a parcel', () => {
    const events = all.filter((record) => record.kind === 'product_event' && record.actor.startsWith('account-'))
    const asked = (early: boolean) => {
      const own = events.filter((record) => record.kind === 'product_event' && Number(record.actor.slice(8)) < 200 === early)
      const counted = (name: string) => own.filter((record) => record.kind === 'product_event' && record.name === name).length
      return counted('support_asked') / counted('parcel_booked')
    }
    expectWithin(asked(true), planted.business.supportAsked.early)
    expectWithin(asked(false), planted.business.supportAsked.late)
  })

  it('what was tried did what was hoped, and what is being tried cannot be told yet', () => {
    const armsOf = (measure: string, from: number, to: number) =>
      Map.groupBy(
        all.filter(
          (record) =>
            record.kind === 'measurement' &&
            record.measure === measure &&
            Date.parse(record.at) >= ago(from) &&
            Date.parse(record.at) < ago(to),
        ),
        (record) => Object.values((record as { dimensions?: Record<string, string> }).dimensions ?? {})[0],
      )
    for (const { measure, control, treatment, from, to, difference, surelyBelowZero } of planted.experiments) {
      const arms = armsOf(measure, from, to)
      const [before, after] = [control, treatment].map((arm) => arms.get(arm)!.map((record) => (record as { value: number }).value))
      const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
      const spread = (values: readonly number[]) => values.reduce((sum, value) => sum + (value - mean(values)) ** 2, 0) / values.length ** 2
      expectWithin(mean(after!) - mean(before!), difference)
      const errors = (mean(before!) - mean(after!)) / Math.sqrt(spread(before!) + spread(after!))
      expect(errors > 3.5).toBe(surelyBelowZero)
    }
  })

  it('one outcome is on course: its lead time falls', () => {
    const { baselineDays, nowDays, subject } = outcome('faster-booking')
    expectWithin(leadP50(subject!, ago(180)), baselineDays)
    expectWithin(leadP50(subject!, END), nowDays)
  })

  it('one is at risk: its lead time stands still, and most of it is waiting for review', () => {
    const { baselineDays, nowDays, subject } = outcome('routes-overnight')
    expectWithin(leadP50(subject!, ago(180)), baselineDays)
    expectWithin(leadP50(subject!, END), nowDays)
    const waits = all.flatMap((record) =>
      record.kind === 'change' && record.source === 'forge' && record.firstReviewAt && /fleet|routing/.test(record.subject)
        ? [(Date.parse(record.firstReviewAt) - Date.parse(record.openedAt!)) / DAY]
        : [],
    )
    expect(quantile(waits, 0.5)).toBeGreaterThan(1.5)
  })

  it('one is missed: too many payment releases failed at its date and since', () => {
    const { atDue, now, dueDaysAgo, subject } = outcome('safer-payments')
    expectWithin(failed(subject!, ago(dueDaysAgo! + 28), ago(dueDaysAgo!)), atDue)
    expectWithin(failed(subject!, ago(28), END), now)
  })

  it('one was met and relapsed: tracking is deployed less often since its date', () => {
    const { atDue, now, dueDaysAgo, subject } = outcome('tracking-every-day')
    const perDay = (to: number) => count.deployments(inSystem(subject!), to - 28 * DAY, to).length / 28
    expectWithin(perDay(ago(dueDaysAgo! - 1)), atDue)
    expectWithin(perDay(END), now)
  })

  it('one is unknown: nobody sends its measure', () => {
    expect(all.some((record) => record.kind === 'measurement' && record.measure === 'cost.per_parcel')).toBe(false)
  })

  it('one principle is broken by two teams, and by a third that may', () => {
    const principle = planted.principles.find((one) => one.limit !== undefined)!
    const breaking = SERVICES.filter((service) => quantile(count.sizes([service.name], ago(28), END), 0.75) > principle.limit!).map(
      (service) => `component:example/${service.name}`,
    )
    expect(breaking.sort()).toEqual([...Object.keys(principle.broken!), ...principle.excepted!].sort())
  })

  it('the depots had a bad quarter', () => {
    const { from, to, during, otherwise } = planted.evidence.badQuarter
    expectWithin(failed('system:example/depot', ago(from), ago(to)), during)
    expectWithin(failed('system:example/depot', ago(365), ago(from)), otherwise)
    expectWithin(failed('system:example/depot', ago(to), END), otherwise)
  })

  it('the assumption behind a decision broke', () => {
    const { measure, now } = planted.decisions.brokenAssumption
    const values = all.flatMap((record) =>
      record.kind === 'measurement' && record.measure === measure && Date.parse(record.at) >= ago(28) ? [record.value] : [],
    )
    expectWithin(values.reduce((sum, value) => sum + value, 0) / values.length, now)
  })

  it('about a fifth of recent work says nowhere what it is for', () => {
    const recent = all.filter(
      (record) =>
        record.kind === 'change' && record.source === 'forge' && record.mergedAt && Date.parse(record.mergedAt) >= ago(28) && !record.bot,
    )
    const told = new Set(
      all.flatMap((record) =>
        record.kind === 'commit' && record.trailers && (record.trailers.Serves || record.trailers.Implements) ? [record.sha] : [],
      ),
    )
    const unlinked = recent.filter(
      (record) =>
        record.kind === 'change' &&
        !record.refs &&
        !/^(?:chore|ci|docs|refactor|test|build|fix|Revert)\b/.test(record.title!) &&
        ![record.mergeCommit!, ...record.commits!.map(({ sha }) => sha)].some((sha) => told.has(sha)),
    )
    expectWithin(unlinked.length / recent.length, planted.evidence.unlinkedShare)
  })

  it('two sources tell of one change and of one deployment', () => {
    const twice = (kind: 'change' | 'deployment', first: string, second: string, key: (record: ExampleRecord) => string) => {
      const own = (source: string) => new Set(all.filter((record) => record.kind === kind && record.source === source).map(key))
      const [one, other] = [own(first), own(second)]
      return other.size > 100 && [...other].every((name) => one.has(name)) ? other.size : 0
    }
    expect(twice('change', 'forge', 'git', (record) => `${record.subject}#${record.id}`)).toBe(truth.twice.change)
    expect(
      twice('deployment', 'pipeline', 'cluster', (record) => `${record.subject}@${record.kind === 'deployment' && record.commit}`),
    ).toBe(truth.twice.deployment)
  })

  it('one incident was corrected later, one is open, some are nobody’s fault', () => {
    const incidents = all.filter((record) => record.kind === 'incident')
    const revised = incidents.filter((record) => record.id === truth.lateRevision!.id && record.subject === truth.lateRevision!.subject)
    expect(revised.map((record) => record.resolvedAt)).toEqual([truth.lateRevision!.firstSaid, truth.lateRevision!.resolvedAt])
    const open = incidents.filter((record) => !record.resolvedAt)
    expect(open.map((record) => record.id)).toContain(truth.openIncident!.id)
    expect(open.filter((record) => record.id !== truth.openIncident!.id).every((record) => Date.parse(record.openedAt) > ago(1))).toBe(true)
    expect(truth.outsideCauses.length).toBeGreaterThan(0)
    for (const id of truth.outsideCauses) {
      const incident = incidents.find((record) => record.id === id)!
      const since = all
        .filter((record) => record.kind === 'deployment' && record.environment === 'production' && record.subject === incident.subject)
        .map((record) => Date.parse(incident.openedAt) - Date.parse(record.at))
        .filter((age) => age >= 0)
      expect(Math.min(...since)).toBeGreaterThan(DAY)
    }
  })

  it('every failure it planted shows in the records', () => {
    const failures = SERVICES.flatMap((service) => count.deployments([service.name], ago(366), END).filter((one) => one.failed))
    expect(failures.length).toBeGreaterThan(truth.failures.length * 0.97)
    expect(failures.length).toBeLessThanOrEqual(truth.failures.length)
  })

  it('a healthy service is small and quick, an unhealthy one is neither', () => {
    expect(quantile(count.leadDays(['identity'], ago(84), END), 0.5)).toBeLessThan(2)
    expect(count.deployments(['identity'], ago(365), END).some((one) => one.failed)).toBe(false)
    expect(quantile(count.leadDays(['sorting'], ago(84), END), 0.5)).toBeGreaterThan(4.5)
  })

  it('suggestions have a known truth, beside titles that only sound alike', () => {
    const linked = new Set(truth.hidden.map(({ from }) => from))
    const served = new Set(truth.serves.map(({ from }) => from))
    expect([...linked].every((from) => served.has(from))).toBe(true)
    const hidden = all.filter((record) => record.kind === 'change' && linked.has(`change:${record.source}/${record.id}@${record.subject}`))
    expect(hidden.length).toBeGreaterThan(300)
    expect(hidden.some((record) => record.kind === 'change' && record.refs)).toBe(false)
    expect(
      all.some(
        (record) =>
          record.kind === 'change' &&
          /next to/.test(record.title ?? '') &&
          !served.has(`change:${record.source}/${record.id}@${record.subject}`),
      ),
    ).toBe(true)
  })

  it('more and more of those who open an account send a parcel within a week', () => {
    const accounts = all.flatMap((record) => (record.kind === 'product_event' && record.id.startsWith('account-') ? [record] : []))
    expect(accounts.length).toBeLessThan(3_000)
    const booked = (from: number, to: number) => {
      const opened = accounts.filter(({ name, at }) => name === 'account_opened' && Date.parse(at) >= from && Date.parse(at) < to)
      const soon = opened.filter((one) =>
        accounts.some(
          ({ name, actor, at }) => name === 'parcel_booked' && actor === one.actor && Date.parse(at) - Date.parse(one.at) < 7 * DAY,
        ),
      )
      return soon.length / opened.length
    }
    expectWithin(booked(ago(365), ago(243)), planted.business.activation.early)
    expectWithin(booked(ago(129), ago(7)), planted.business.activation.late)
    const named = (event: string) => accounts.filter(({ name }) => name === event).length
    expectWithin(named('parcel_refunded') / named('parcel_booked'), planted.business.refunds)
  })

  it('some work items are opened again, some were bugs, of some nothing tells', () => {
    const items = Map.groupBy(
      all.filter((record) => record.kind === 'work_item'),
      (record) => `work_item:${record.source}/${record.id}@${record.subject}`,
    )
    const those = (which: (told: readonly ExampleRecord[]) => boolean) => [...items].flatMap(([node, told]) => (which(told) ? [node] : []))
    expect(those((told) => told.some((record) => record.kind === 'work_item' && record.none?.includes('doneAt'))).sort()).toEqual(
      truth.items.reopened.toSorted(),
    )
    expect(those(([record]) => record?.kind === 'work_item' && record.type === 'bug').sort()).toEqual(truth.items.unplanned.toSorted())
    expect(those(([record]) => record?.kind === 'work_item' && record.type === undefined).sort()).toEqual(truth.items.untold.toSorted())
    for (const of of [truth.items.reopened, truth.items.unplanned, truth.items.untold]) expect(of.length).toBeGreaterThan(20)
  })

  it('one repository works without anybody having declared it', () => {
    expect(all.some((record) => record.subject === 'repository:example/returns-batch')).toBe(true)
  })
})

function momentsOf(record: ExampleRecord): number[] {
  return Object.entries(record).flatMap(([key, value]) =>
    /At$|^at$|windowStart/.test(key) && typeof value === 'string' ? [Date.parse(value)] : [],
  )
}

function latest(moments: readonly number[]): number {
  return moments.reduce((most, at) => Math.max(most, at), 0)
}
