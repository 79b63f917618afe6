/** What people at Nordlys Parcel write into titles. The topics use the words of the outcomes, and others. */
export const TOPICS: Record<string, readonly string[]> = {
  'faster-booking': [
    'booking form',
    'checkout steps',
    'sender address at checkout',
    'price at booking',
    'label at checkout',
    'saved senders',
    'booking confirmation',
    'parcel size at booking',
    'booking for several parcels',
    'checkout on phones',
  ],
  'routes-overnight': [
    'route planning',
    'vans by loading order',
    'overnight routes',
    'stop sequence of routes',
    'departure of vans',
    'shift of drivers on routes',
    'traffic in route planning',
    'planning of narrow streets',
  ],
  'safer-payments': [
    'payment retries',
    'card payments',
    'payment release',
    'refund of a payment',
    'payments by direct debit',
    'payment totals',
    'payment reminders',
    'release of payments by night',
  ],
  'tracking-every-day': [
    'tracking page',
    'tracking by phone',
    'history in tracking',
    'notes of receivers',
    'tracking map',
    'delivery window for receivers',
    'tracking without sign-in',
    'photo in tracking',
  ],
}

export const VERBS = ['Add', 'Show', 'Improve', 'Rework', 'Simplify', 'Cache', 'Split', 'Introduce', 'Remember', 'Validate'] as const
/** Topics no outcome speaks of. */
export const OTHERS = [
  'admin menu',
  'colour theme',
  'date picker',
  'currency table',
  'login banner',
  'mail footer',
  'audit export',
  'tooltip',
  'avatar upload',
  'log format',
  'timezone list',
  'session cookie',
  'printer queue',
  'archive screen',
  'help texts',
] as const
export const UPKEEP = [
  'chore: tidy the build',
  'ci: run the slow tests at night',
  'docs: say how to start the service',
  'refactor: part the store from the rules',
  'test: cover the empty list',
  'chore: raise the log level',
  'build: pin the base image',
  'docs: correct the diagram',
  'refactor: rename the worker',
  'test: use real clocks',
] as const
export const BUGS = [
  'wrong total after a retry',
  'empty list for new accounts',
  'double message',
  'timeout on large files',
  'umlauts in names',
  'missing unit',
  'stale cache after a move',
  'off by one at midnight',
] as const
export const FAILURES = [
  'Requests time out',
  'Wrong amounts shown',
  'Pages stay empty',
  'Messages are lost',
  'Scans are refused',
  'Queue grows without end',
  'Sign-in fails for some',
] as const
export const PACKAGES = ['http-server', 'json-schema', 'date-kit', 'map-tiles', 'queue-client', 'pdf-writer'] as const
export const FOLDERS = ['src/api', 'src/model', 'src/rules', 'src/store', 'src/web'] as const
export const FILES = ['handler', 'model', 'view', 'client', 'worker', 'rules', 'store', 'page'] as const

/** People as the sources name them; the product keeps pseudonyms. */
export function personOf(team: string, index: number): string {
  return `${team}-${index + 1}@nordlys.example`
}
export const BOT = 'dependency-bot[bot]'
