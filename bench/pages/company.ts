import type { EntityDraft } from '../../src/ground/catalog/index.ts'
import { DAY, formatDay } from '../../src/ground/core/index.ts'

/** A large company: all numbers grow with its services. */
export interface Size {
  services: number
  now: number
}

export const ACTIVATION = 'business.activation'
export const RETENTION = 'business.retention'
export const FUNNEL = 'business.first-order'
/** Sent in every day, for the whole and by service. */
export const SENT = Array.from({ length: 12 }, (_, n) => `business.value-${n}`)
/** What outcomes are measured by, one after the other. */
const MEASURED = [
  'delivery.change_lead_time',
  'delivery.deployment_frequency',
  'delivery.change_failure_rate',
  'delivery.failed_deployment_recovery_time',
  'delivery.change_size',
  SENT[0]!,
] as const
/** Telling words, so that titles of work and outcomes can meet. */
export const TOPICS = 'checkout search invoice parcel refund label route depot tariff voucher'.split(' ')

export const serviceName = (n: number) => `service-${n}`
export const repositoryOf = (n: number) => `repository:default/repo-${Math.floor(n / 10)}`
/** Of ten services that share a repository each has a folder. */
export const pathOf = (n: number) => `services/${serviceName(n)}`

/** Everything the company declares: ten services a repository, thirty-three a system, twenty a team; one in three has an SLO. */
export function companyOf({ services, now }: Size): EntityDraft[] {
  const day = (days: number) => formatDay(now + days * DAY)
  const own = (kind: string, name: string, title: string, spec: Record<string, unknown>): EntityDraft => ({
    apiVersion: 'throughline.dev/v1',
    kind,
    metadata: { name, title },
    spec,
  })
  const theirs = (kind: string, name: string, spec: Record<string, unknown>, annotations: Record<string, string> = {}): EntityDraft => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name, annotations },
    spec,
  })
  const many = <T>(count: number, make: (n: number) => T): T[] => Array.from({ length: Math.max(1, Math.ceil(count)) }, (_, n) => make(n))
  const team = (n: number) => `team-${n % Math.ceil(services / 20)}`
  const service = (n: number) => serviceName(n % services)
  const outcome = (n: number) => `outcome-${n % 10}`
  return [
    ...many(services / 20, (n) => theirs('Group', team(n), { type: 'team', children: [] })),
    ...many(services / 33, (n) => theirs('System', `system-${n}`, { owner: team(n) })),
    ...many(services / 10, (n) => own('Repository', `repo-${n}`, `Repository ${n}`, { defaultBranch: 'main' })),
    ...many(services, (n) =>
      theirs(
        'Component',
        serviceName(n),
        {
          type: 'service',
          lifecycle: n % 50 === 49 ? 'deprecated' : 'production',
          owner: n % 40 === 39 ? 'nobody-declared' : team(n),
          system: `system-${n % Math.ceil(services / 33)}`,
          dependsOn: [1, 7, 31].map((step) => `component:${service(n + step)}`),
        },
        {
          'throughline.dev/repository': repositoryOf(n),
          'throughline.dev/path': pathOf(n),
          'throughline.dev/deployments': 'events',
          'throughline.dev/cost-tags': `app=${serviceName(n)}`,
        },
      ),
    ),
    ...SENT.map((name, n) =>
      own('Measure', name, `Value ${n}`, {
        question: 'How much is it?',
        unit: 'count',
        better: 'higher',
        source: { kind: 'series' },
        drivers: [{ measure: n === 0 ? MEASURED[0] : SENT[n - 1]!, direction: 'same', lag: '7d' }],
      }),
    ),
    own('Measure', ACTIVATION, 'First order within a week', {
      question: 'Do people who sign up order?',
      unit: 'ratio',
      better: 'higher',
      source: { kind: 'activation', start: 'signed_up', value: 'ordered', within: '7d' },
    }),
    own('Measure', RETENTION, 'People who come back', {
      question: 'Do people order again?',
      unit: 'ratio',
      better: 'higher',
      source: { kind: 'retention', start: 'signed_up', return: 'ordered', interval: 'month' },
    }),
    own('Measure', FUNNEL, 'From sign-up to order', {
      question: 'Where do people leave?',
      unit: 'ratio',
      better: 'higher',
      source: { kind: 'funnel', steps: ['signed_up', 'viewed', 'ordered'], within: '14d' },
    }),
    own('Vision', 'vision', 'Orders people can rely on', {
      statement: 'Whoever orders knows when it comes.',
      horizon: day(900),
      outcomes: [0, 1, 2, 3, 4].map(outcome),
      principles: ['principle-0', 'principle-1', 'principle-2'],
      review: { every: '90d', with: ['product', 'business', 'engineering'] },
    }),
    ...many(10, (n) =>
      own('Outcome', outcome(n), `A better ${TOPICS[n]!}`, {
        statement: `People get what they need of the ${TOPICS[n]!} sooner.`,
        lever: 'time-to-market',
        owner: team(n),
        measure: MEASURED[n % MEASURED.length]!,
        ...(n % 2 === 0 ? { subject: `system:system-${n}` } : {}),
        baseline: { value: 5, at: day(-180) },
        target: { value: 2, by: day(90) },
        guardrails: [{ measure: 'delivery.change_failure_rate', atMost: 0.2 }],
      }),
    ),
    ...many(7, (n) =>
      own('Principle', `principle-${n}`, `Principle ${n}`, {
        statement: 'Ship small changes.',
        forbids: ['a change nobody can undo'],
        serves: [outcome(n)],
        signals: [{ measure: 'delivery.change_size', quantile: 'p75', atMost: 300 + n }],
      }),
    ),
    ...many(services / 5, (n) =>
      own('Decision', `${String(n + 1).padStart(4, '0')}-decision`, `Decide on the ${TOPICS[n % TOPICS.length]!} ${n}`, {
        number: n + 1,
        status: n % 9 === 8 ? 'proposed' : 'accepted',
        date: day(-(n % 360)),
        deciders: [`group:${team(n)}`],
        context: 'It has to be decided.',
        outcome: 'We do it.',
        supports: [`principle:principle-${n % 7}`],
        affects: [`component:${service(n)}`],
        assumptions: [{ measure: SENT[n % SENT.length]!, atMost: 1_000, because: 'so it was' }],
        revisitBy: day((n % 200) - 20),
      }),
    ),
    ...many(services / 25, (n) =>
      own('Investment', `investment-${n}`, `Invest in ${TOPICS[n % TOPICS.length]!} ${n}`, {
        statement: 'It gets better.',
        kind: 'improve',
        status: n % 4 === 0 ? 'done' : n % 4 === 1 ? 'running' : 'proposed',
        owner: team(n),
        serves: [outcome(n)],
        effects: [{ measure: MEASURED[0], subject: `system:system-${n % 10}`, p10: '-50%', p50: '-30%', p90: '-10%', by: day(120) }],
        cost: { peopleWeeks: 5 + n },
        confidence: 0.7,
        start: day(-90),
        ...(n % 4 === 0 ? { end: day(-45) } : {}),
      }),
    ),
    ...many(5, (n) =>
      own('Experiment', `experiment-${n}`, `Experiment ${n}`, {
        hypothesis: 'It takes less time.',
        measure: SENT[11]!,
        expect: 'lower',
        arms: { control: { where: { arm: 'old' } }, treatment: { where: { arm: 'new' } } },
        start: day(-40 + n),
        stop: { effect: 3, end: day(-12 + n) },
        owner: team(n),
      }),
    ),
    ...many(services / 3, (n) => sloOf(serviceName(n * 3 < services ? n * 3 : n))),
    own('GatePolicy', 'releases', 'Releases', {
      for: ['namespace:default'],
      rules: [
        { rule: 'open_incident', mode: 'enforce', unknown: 'warn' },
        { rule: 'recent_failures', mode: 'warn', unknown: 'pass', last: 5, atMost: 2 },
      ],
    }),
    own('BudgetPolicy', 'budgets', 'Budgets', {
      for: many(20, (n) => `component:${service(n * 3)}`),
      owner: team(0),
      steps: [{ name: 'stop', when: { budget: { below: 0 } }, actions: ['Mend it first'], gate: 'enforce' }],
    }),
  ]
}

function sloOf(service: string): EntityDraft {
  const query = { metricSource: { type: 'prometheus', spec: { query: 'up' } } }
  return {
    apiVersion: 'openslo/v1',
    kind: 'SLO',
    metadata: { name: service },
    spec: {
      service,
      indicator: { metadata: { name: 'answered' }, spec: { ratioMetric: { counter: true, good: query, total: query } } },
      timeWindow: [{ duration: '28d', isRolling: true }],
      budgetingMethod: 'Occurrences',
      objectives: [{ target: 0.99 }],
    },
  }
}
