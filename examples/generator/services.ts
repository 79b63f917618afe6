/** The services of Nordlys Parcel and how their teams work; `company/catalog/` declares the same to the product. */
export interface Service {
  name: string
  /** Folder in its repository, where it shares one. */
  path?: string
  team: string
  system: string | null
  changesPerWeek: number
  /** Median of lines added and deleted in a change. */
  lines: number
  /** The outcome its planned work serves; null where nobody links anything. */
  outcome: string | null
  /** Decision its work implements now and then. */
  decision?: number
  /** Whether the sender of its deployments lists the commits they contain. */
  statesCommits: boolean
}

export interface Repository {
  name: string
  /** Key of its issues: `CHK-12`. */
  key: string
  /** Squash merges leave one commit a change; merge commits keep those of the branch. */
  merges: 'squash' | 'merge'
  /** A second source that reports its changes too. */
  changesTwice?: boolean
  /** A second source that reports its deployments too. */
  deploymentsTwice?: boolean
  services: readonly Service[]
}

const service = (
  name: string,
  team: string,
  system: string | null,
  changesPerWeek: number,
  lines: number,
  outcome: string | null,
  more: Partial<Service> = {},
): Service => ({ name, team, system, changesPerWeek, lines, outcome, statesCommits: false, ...more })
const alone = (key: string, merges: Repository['merges'], one: Service, more: Partial<Repository> = {}): Repository => ({
  name: one.name,
  key,
  merges,
  services: [one],
  ...more,
})

export const REPOSITORIES: readonly Repository[] = [
  alone('CHK', 'squash', service('checkout', 'booking', 'booking', 9, 80, 'faster-booking', { decision: 12, statesCommits: true }), {
    deploymentsTwice: true,
  }),
  alone('PRC', 'squash', service('pricing', 'booking', 'booking', 6, 90, 'faster-booking'), { changesTwice: true }),
  alone('PRT', 'squash', service('customer-portal', 'booking', 'booking', 7, 600, 'faster-booking', { decision: 12 })),
  alone('PAY', 'squash', service('payments', 'payments', 'payments', 7, 100, 'safer-payments')),
  alone('INV', 'squash', service('invoicing', 'payments', 'payments', 4, 90, 'safer-payments', { statesCommits: true })),
  {
    name: 'tracking',
    key: 'TRK',
    merges: 'merge',
    services: [
      service('tracking-api', 'tracking', 'tracking', 10, 70, 'tracking-every-day', { path: 'services/api', statesCommits: true }),
      service('tracking-web', 'tracking', 'tracking', 10, 90, 'tracking-every-day', { path: 'services/web', statesCommits: true }),
      service('notifications', 'tracking', 'tracking', 10, 60, 'tracking-every-day', {
        path: 'services/notifications',
        statesCommits: true,
      }),
    ],
  },
  alone('RTE', 'merge', service('routing-engine', 'routing', 'routing', 6, 110, 'routes-overnight', { decision: 14 })),
  alone('FLT', 'merge', service('fleet', 'routing', 'routing', 6, 620, 'routes-overnight')),
  alone('SRT', 'squash', service('sorting', 'depot', 'depot', 6, 640, 'routes-overnight')),
  alone('SCN', 'squash', service('depot-scanner', 'depot', 'depot', 5, 80, 'routes-overnight')),
  alone('IDN', 'squash', service('identity', 'platform', 'platform', 4, 50, 'faster-booking', { statesCommits: true })),
  alone('BUS', 'squash', service('event-bus', 'platform', 'platform', 3, 60, 'tracking-every-day')),
  alone('LBL', 'squash', service('label-printer', 'nobody', null, 1.5, 30, null)),
  alone('RET', 'squash', service('returns-batch', 'nobody', null, 1, 30, null)),
]

export const SERVICES: readonly Service[] = REPOSITORIES.flatMap((repository) => repository.services)
