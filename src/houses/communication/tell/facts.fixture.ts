import { DAY, formatInstant, lastDays, type Judgement, type Reading } from '../../../ground/core/index.ts'
import type { OutcomeView, PrincipleView } from '../../vision/index.ts'
import type { BriefFacts, Compared, RepositoryFacts } from './facts.ts'

export const AT = Date.parse('2026-06-01T00:00:00Z')

/** A hand-made reading of the 28 days before `AT`. */
export function reading(measure: string, value: number | null, more: Partial<Reading> = {}): Reading {
  return {
    measure,
    subject: 'namespace:default',
    dimensions: {},
    window: { from: formatInstant(AT - 28 * DAY), to: formatInstant(AT) },
    value,
    unit: 's',
    n: value === null ? 0 : 40,
    excluded: [],
    ...(value === null ? { unknown: { code: 'no_data', why: 'No incident source.', fix: 'Connect one.' } } : {}),
    at: formatInstant(AT),
    asOf: formatInstant(AT),
    ...more,
  }
}

export function compared(title: string, now: Reading, before?: Reading, better: 'higher' | 'lower' = 'lower'): Compared {
  return { now, before, better, title }
}

export function outcome(title: string, judgement: Partial<Judgement>, more: Partial<OutcomeView> = {}): OutcomeView {
  const ref = `outcome:default/${title.toLowerCase().replaceAll(' ', '-')}`
  return {
    ref,
    title,
    statement: `${title}.`,
    judgement: { intent: ref, state: 'on_course', rule: 'a rule', evidence: [ref], ...judgement },
    because: 'nobody knows',
    subject: 'namespace:default',
    value: null,
    progress: null,
    guardrails: [],
    series: [],
    drivers: [],
    links: {},
    ...more,
  }
}

export function principle(title: string, judgement: Partial<Judgement>, more: Partial<PrincipleView> = {}): PrincipleView {
  const ref = `principle:default/${title.toLowerCase().replaceAll(' ', '-')}`
  return {
    ref,
    title,
    statement: `${title}.`,
    forbids: [],
    serves: [],
    judgement: { intent: ref, state: 'met', rule: 'held in all 2', evidence: [ref], ...judgement },
    signals: [],
    subjects: [],
    teams: [],
    counts: { held: 2, broken: 0, excepted: 0, unknown: 0 },
    exceptions: [],
    cited: [],
    ...more,
  }
}

/** Facts about nothing at all; tests add what they tell of. */
export function facts(more: Partial<BriefFacts> = {}): BriefFacts {
  return {
    scope: 'default',
    at: AT,
    window: lastDays(AT, 28),
    deliveryWindow: lastDays(AT, 28),
    vision: null,
    outcomes: [],
    principles: [],
    delivery: new Map(),
    incidentsKnown: true,
    work: null,
    decisions: [],
    overrides: [],
    pages: [],
    assumptions: [],
    tripwires: [],
    forecasts: [],
    deciding: [],
    history: more.repository ? { quiet: more.repository.window.quiet } : null,
    repository: null,
    changed: [],
    nothing: reading('work.commits', null, { unit: '1/d' }),
    ...more,
  }
}

/** A year of a repository that releases by tags and works through pull requests. */
export function repository(more: Partial<RepositoryFacts> = {}): RepositoryFacts {
  const ratio = (measure: string, value: number | null, n = 512) => reading(measure, value, { unit: 'ratio', n: value === null ? 0 : n })
  return {
    window: { ...lastDays(AT, 365), quiet: false },
    subjects: ['parcels'],
    commits: reading('work.commits', 512 / 365, { unit: '1/d', n: 512 }),
    people: reading('work.people', 7, { unit: 'count', n: 512 }),
    bots: ratio('work.bot_share', 0.23),
    throughChanges: ratio('work.through_changes', 0.72),
    frequency: reading('delivery.deployment_frequency', 40 / 365, { unit: '1/d', n: 40 }),
    size: reading('delivery.change_size', 45, { unit: 'lines', n: 120, quantiles: { p50: 45, p75: 180, p90: 640 } }),
    leadTime: reading('delivery.change_lead_time', 4.1 * 86_400, {
      n: 120,
      quantiles: { p50: 4.1 * 86_400, p75: 8 * 86_400, p90: 20 * 86_400 },
    }),
    owned: ratio('catalog.owned', 4 / 7, 7),
    area: { name: 'src/server', reading: ratio('work.area_share', 0.38) },
    numbered: { numbered: 115, changes: 120 },
    latestDeployment: { id: 'deployment:git/v1.2.3', name: 'v1.2.3', at: Date.parse('2026-05-04T00:00:00Z') },
    longest: { id: 'change:git/7', title: 'Rewrite the sorter', seconds: 90 * 86_400 },
    ...more,
  }
}
