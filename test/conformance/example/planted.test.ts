import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { plantedTruth } from '../../../examples/generate.ts'
import { type Client, createClient, type OutputOf } from '../../../src/doors/client/index.ts'
import { goesOnTelling, tellExample } from '../../../src/doors/example-live.ts'
import { operations } from '../../../src/doors/http/api.ts'
import { createApp } from '../../../src/doors/http/app.ts'
import { DAY } from '../../../src/ground/core/index.ts'
import type { Ground } from '../../../src/ground/index.ts'
import { sql } from '../../../src/ground/store/index.ts'
import { accuracyOf } from '../../../src/houses/delivery/work-links/index.ts'
import { tellChanges } from '../../../src/houses/communication/index.ts'
import { lookAtBurns } from '../../../src/houses/reliability/index.ts'
import { groundOn } from '../../../src/main.ts'
import { testStore } from '../../support/store.ts'

/** What examples/planted.yaml says is there to be found. */
interface Planted {
  outcomes: { outcome: string; state: string; nowDays?: [number, number]; now?: [number, number]; relapsed?: boolean }[]
  principles: { principle: string; state: string; broken?: Record<string, string>; excepted?: string[] }[]
  decisions: { chain: string[]; brokenAssumption: { decision: string } }
  gaps: { code: string; ref: string }[]
  contradictions: { code: string; ref: string }[]
  evidence: {
    badQuarter: { subject: string; measure: string; from: number; to: number; during: [number, number]; otherwise: [number, number] }
    unlinkedShare: [number, number]
    undeclared: string[]
  }
  reliability: {
    promises: { slo: string; state: string; burn?: [number, number] }[]
    gate: { hold: Record<string, string[]>; warn: Record<string, string[]>; go: string[] }
    passed: ('went' | 'overrode' | 'against' | 'unasked')[]
  }
  work: { plan: { share: number; without: string[] }; served: [number, number]; biggestWait: string }
}

const planted = parse(readFileSync(join(import.meta.dirname, '../../../examples/planted.yaml'), 'utf8')) as Planted
const NOW = Date.parse('2026-11-23T09:00:00Z')
const EVENTS = 27_000

let now = NOW
let ground: Ground
let client: Client
let scope: { scope: string }

beforeAll(async () => {
  ground = groundOn(await testStore(), () => now, Buffer.alloc(32, 1))
  const app = createApp({
    ground,
    operations,
    localKey: '',
    version: '0.0.0',
    health: { loading: () => null, store: () => ground.store.health() },
  })
  client = createClient(async (path, init) => app.request(`http://localhost${path}`, init))
  await client.call('example.load', { events: EVENTS })
  scope = { scope: 'example' }
}, 600_000)
afterAll(() => ground.store.close())

describe('the example company, through the public API', () => {
  test('every outcome stands where it was planted, with the reason in words', { timeout: 300_000 }, async () => {
    const { outcomes } = await client.call('outcomes', scope)
    for (const { outcome, state, nowDays, now } of planted.outcomes) {
      const told = outcomes.find(({ ref }) => ref === outcome)
      expect(told?.judgement.state, outcome).toBe(state)
      expect(told!.because.length, outcome).toBeGreaterThan(10)
      if (nowDays) expect(told!.value! / 86_400, outcome).toSatisfy((days: number) => days >= nowDays[0] && days <= nowDays[1])
      if (now) expect(told!.value, outcome).toSatisfy((value: number) => value >= now[0] && value <= now[1])
      if (state === 'unknown') expect(told!.value, outcome).toBeNull()
    }
  })

  test('a principle is broken exactly where it was planted, and the exception is honoured', async () => {
    const { principles } = await client.call('principles', scope)
    for (const { principle, state, broken = {}, excepted = [] } of planted.principles) {
      const told = principles.find(({ ref }) => ref === principle)!
      expect(told.judgement.state, principle).toBe(state)
      const where = (wanted: string) => told.subjects.filter((one) => one.state === wanted).map(({ subject }) => subject)
      if (Object.keys(broken).length > 0) expect(where('broken').sort()).toEqual(Object.keys(broken).sort())
      for (const subject of excepted) expect(where('excepted'), principle).toContain(subject)
      for (const [subject, team] of Object.entries(broken)) expect(told.subjects.find((one) => one.subject === subject)?.team).toBe(team)
    }
  })

  test('every planted hole is listed as a gap with its fix, and no other of its kinds', async () => {
    const { gaps } = await client.call('gaps', { ...scope, namespace: 'example' } as never)
    const found = gaps.map(({ code, ref }) => `${code} ${ref}`)
    const expected = [...planted.gaps, ...planted.contradictions].map(({ code, ref }) => `${code} ${ref}`)
    for (const one of expected) expect(found).toContain(one)
    expect([...new Set(found)].sort()).toEqual([...new Set(expected)].sort())
    for (const gap of gaps) expect(gap.fix.length).toBeGreaterThan(10)
  })

  test('what is declared and contradicted by what is seen is told with both, and nothing else is', async () => {
    const { contradictions } = await client.call('contradictions', { namespace: 'example' })
    expect(contradictions.map(({ code, ref }) => ({ code, ref }))).toEqual(planted.contradictions)
    for (const { ref } of planted.contradictions) {
      const { facts } = await client.call('facts.read', { ref })
      const [fact] = facts.filter(({ verdict }) => verdict === 'contradicts')
      expect(fact!.declared[0]).toMatchObject({ value: 'deprecated', stands: true })
      expect(fact!.observed[0]).toMatchObject({ from: 'deployments', record: expect.stringContaining('deployment:') })
    }
  })

  test('the superseding chain is followed both ways', async () => {
    const [first, , last] = planted.decisions.chain
    const ids = async (ref: string) => (await client.call('trace', { ref, direction: 'both', depth: 4 } as never)).nodes.map(({ id }) => id)
    expect(await ids(first!)).toEqual(expect.arrayContaining(planted.decisions.chain))
    expect(await ids(last!)).toEqual(expect.arrayContaining(planted.decisions.chain))
  })

  test('a decision whose assumption no longer holds asks to be revisited on Monday', async () => {
    const monday = await client.call('monday', scope)
    expect(JSON.stringify(monday.decide)).toContain(planted.decisions.brokenAssumption.decision)
    expect(monday.decide[0]).toMatchObject({ kind: 'gate_holds', refs: ['component:example/sorting'], owner: 'group:example/depot' })
  })

  test('where work went is held against the plan, and adds up', async () => {
    const { work: expected } = planted
    const work = await client.call('work.week', { namespace: 'example', from: new Date(NOW - 28 * DAY).toISOString(), bucket: 'week' })
    const served = work.outcomes.reduce((sum, { share }) => sum + share!, 0)
    expect(served).toSatisfy((share: number) => share >= expected.served[0] && share <= expected.served[1])
    expect(work.plan.share).toBeCloseTo(expected.plan.share)
    expect(work.plan.without.map(({ ref }) => ref)).toEqual(expected.plan.without)
    expect(work.buckets.flatMap(({ parts }) => parts).reduce((sum, { count }) => sum + count, 0)).toBeCloseTo(work.n)
    expect(work.people.weeks).toBeGreaterThan(5)
    expect(work.outcomes.filter(({ peopleWeeks }) => peopleWeeks !== null).length).toBeGreaterThan(0)
  })

  test('the way of work items shows which were opened again, which nobody planned, and what waits most', async () => {
    const { items } = plantedTruth({ now: NOW, events: EVENTS })
    const year = { subject: 'namespace:example', from: new Date(NOW - 370 * DAY).toISOString(), rows: 'true', limit: 10_000 } as const
    const { readings, rows = [] } = await client.call('measure.read', { id: 'delivery.unplanned_share', ...year })
    const named = (of: OutputOf<'measure.read'>['rows'] = []) => of.map((row) => `${row.id}@${row.subject}`).sort()
    const [unplanned, untold] = [new Set(items.unplanned), new Set(items.untold)]
    const bugs = rows.filter((row) => row.value === 1)
    expect(bugs.length).toBeGreaterThan(20)
    expect(named(bugs).every((node) => unplanned.has(node))).toBe(true)
    expect(named(rows.filter((row) => row.value === 0)).some((node) => unplanned.has(node))).toBe(false)
    expect(named(rows.filter((row) => row.excluded === 'plan_not_known')).every((node) => untold.has(node))).toBe(true)
    expect(readings[0]!.value).toBeCloseTo(bugs.length / rows.filter((row) => row.value !== null).length)
    const flow = await client.call('measure.read', { id: 'delivery.flow_time', ...year })
    const reopened = flow.rows!.filter(({ flags }) => flags.includes('reopened'))
    expect(named(reopened)).toEqual(items.reopened.toSorted())
    expect((await client.call('work.flow', { subject: 'namespace:example' })).biggestWait?.stage).toBe(planted.work.biggestWait)
  })

  test('promises stand as planted and their burn is known now; the gate holds, warns and lets go for the planted reasons', async () => {
    const { promises, gate, passed } = planted.reliability
    const { slos } = await client.call('slo.status', scope)
    for (const { slo, state, burn } of promises) {
      const told = slos.find((one) => one.slo === slo)!
      expect(told.state, slo).toBe(state)
      if (burn) expect(told.burn['1h'], slo).toSatisfy((now: number | null) => now !== null && now >= burn[0] && now <= burn[1])
      else expect(told.burn['1h'], slo).toBeNull()
    }
    const rulesOf = async (component: string, effect: string) => {
      const { verdict, reasons } = await client.call('gate.look', { component })
      return { verdict, rules: reasons.filter((reason) => reason.effect === effect).map(({ rule }) => rule) }
    }
    for (const [component, rules] of Object.entries(gate.hold))
      expect(await rulesOf(component, 'holds')).toEqual({ verdict: 'hold', rules })
    for (const [component, rules] of Object.entries(gate.warn)) expect(await rulesOf(component, 'warns')).toEqual({ verdict: 'go', rules })
    for (const component of gate.go) expect(await rulesOf(component, 'warns')).toEqual({ verdict: 'go', rules: [] })
    const share = await client.call('gate.share', scope)
    for (const way of passed) expect(share[way], way).toBeGreaterThan(0)
    const { answers } = await client.call('gate.history', { ...scope, verdict: 'hold' })
    expect((await client.call('gate.replay', { id: answers[0]!.answer.id })).same).toBe(true)
  })

  test('the bad quarter shows, and only there', async () => {
    const { subject, measure, from, to, during, otherwise } = planted.evidence.badQuarter
    const read = async (fromDay: number, toDay: number) => {
      const answer = await client.call('measure.read', {
        id: measure,
        subject,
        from: new Date(NOW - fromDay * DAY).toISOString(),
        to: new Date(NOW - toDay * DAY).toISOString(),
      })
      return answer.readings[0]!
    }
    const within = (value: number | null, [low, high]: [number, number]) => value !== null && value >= low && value <= high
    expect(within((await read(from, to)).value, during)).toBe(true)
    expect(within((await read(to - 10, 10)).value, otherwise)).toBe(true)
  })

  test('two sources telling one fact count once', async () => {
    const truth = plantedTruth({ events: EVENTS, now: NOW })
    expect(truth.twice.deployment).toBeGreaterThan(0)
    const { readings, rows = [] } = (await client.call('measure.read', {
      id: 'delivery.deployment_frequency',
      subject: 'component:example/checkout',
      from: new Date(NOW - 300 * DAY).toISOString(),
      rows: 'true',
    } as never)) as OutputOf<'measure.read'>
    const once = new Set(rows.map(({ id }) => id.replace(/^deployment:[^/]+\//, '')))
    expect(readings[0]!.n).toBeGreaterThan(0)
    expect(once.size).toBe(rows.length)
  })

  test('about a fifth of the work says nowhere what it is for', async () => {
    const gap = (await client.call('gaps', { ...scope, namespace: 'example' } as never)).gaps.find(
      ({ code }) => code === 'work_without_outcome',
    )!
    const share = Number(/\((\d+) %\)/.exec(gap.message)![1]) / 100
    expect(share).toBeGreaterThanOrEqual(planted.evidence.unlinkedShare[0])
    expect(share).toBeLessThanOrEqual(planted.evidence.unlinkedShare[1])
  })

  test('a subject nobody declared is listed', async () => {
    const { undeclared } = await client.call('evidence.summary', {})
    expect(undeclared.subjects.map(({ subject }) => subject)).toEqual(expect.arrayContaining(planted.evidence.undeclared))
  })

  test('of the suggested links at least three in four are right, and at least half of the hidden ones are found', async () => {
    const links: { from: string; to: string }[] = []
    for (let offset = 0; ; offset += 200) {
      const page = await client.call('suggestions', { namespace: 'example', limit: 200, offset })
      links.push(...page.suggestions.map(({ from, subject, to }) => ({ from: `${from}@${subject}`, to })))
      if (page.suggestions.length < 200) break
    }
    const truth = plantedTruth({ events: EVENTS, now: NOW })
    const accuracy = { precision: accuracyOf(links, truth.serves).precision!, recall: accuracyOf(links, truth.hidden).recall! }
    process.stderr.write(
      `suggestions: precision ${accuracy.precision.toFixed(2)}, recall ${accuracy.recall.toFixed(2)}, n = ${links.length} suggested, ${truth.hidden.length} hidden\n`,
    )
    expect(accuracy.precision).toBeGreaterThan(0.75)
    expect(accuracy.recall).toBeGreaterThan(0.5)
  })

  test('the example never shows in the roll-ups of the organisation itself', async () => {
    const { readings } = await client.call('measure.read', { id: 'delivery.deployment_frequency' })
    expect(readings[0]).toMatchObject({ value: null, n: 0 })
  })

  test('it goes on telling how its services are, so that burns stay known, for a week', async () => {
    const burns = async () => new Map((await client.call('slo.status', scope)).slos.map(({ slo, burn }) => [slo, burn['1h']]))
    now = NOW + 6 * 3_600_000
    expect((await burns()).get('slo:example/payments-accepted')).toBeNull()
    expect(await goesOnTelling(ground)).toBe(true)
    await tellExample(ground)
    const told = await burns()
    expect(told.get('slo:example/payments-accepted')).toBeLessThan(1)
    expect(told.get('slo:example/scans-accepted')).toBeGreaterThan(10)
    now = NOW + 8 * DAY
    expect(await goesOnTelling(ground)).toBe(false)
  })

  test('removed, nothing of it stays: neither what was made of it since, nor what was asked and told', async () => {
    const [slo] = (await client.call('slo.list', scope)).slos
    const until = new Date(now + DAY).toISOString()
    const target = 'alertnotificationtarget:example/on-call'
    await client.call('burn.target', { target, kind: 'email', address: 'on-call@example.org', changes: 'all' })
    await lookAtBurns(ground)
    await tellChanges(ground)
    await client.call('burn.silence', { ...scope, reason: 'it is known', until })
    await client.call('slo.correct', { subjects: [slo!.ref], from: new Date(now).toISOString(), to: until, reason: 'maintenance' })
    await client.call('gate.override', { component: slo!.service, reason: 'the fix has to go out', until })
    await client.call('gate.ask', { component: slo!.service })
    const gone = await client.call('example.remove', {})
    expect(await goesOnTelling(ground)).toBe(false)
    expect(gone.records).toBeGreaterThan(EVENTS - 100) // a revision is the same record again
    expect((await client.call('entity.list', { namespace: 'example' })).entities).toEqual([])
    expect((await client.call('gate.history', scope)).answers).toEqual([])
    expect((await client.call('burn.alerts', scope)).silences).toEqual([])
    expect((await client.call('evidence.summary', {})).undeclared.subjects.filter(({ subject }) => subject.includes(':example/'))).toEqual(
      [],
    )
    // What is derived of records and of the catalogue follows them when somebody asks; what was done and declared keeps its history.
    await client.call('suggestions', {})
    for (const { name } of await ground.store.query<{ name: string }>(sql`select distinct name from derived_stale`))
      await ground.ledger.fresh(name)
    const history = ['audit', 'entity_version', 'import', 'link_earlier']
    // That a system was looked at (it has no records of its own), and bodies that are forgotten within the hour.
    const kept = new Set([...history, 'delivery_scope', 'delivery_input', 'telemetry_body'])
    const tables = await ground.store.query<{ table: string }>(
      sql`select relname::text as table from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`,
    )
    const left: string[] = []
    for (const { table } of tables.filter((one) => !kept.has(one.table))) {
      const [row] = await ground.store.query<{ text: string }>(
        sql`select left(t::text, 200) as text from ${sql.table(table)} t where t::text ~ ':example/|[(,]example,' limit 1`,
      )
      if (row) left.push(`${table} ${row.text}`)
    }
    expect(left).toEqual([])
  })
})
