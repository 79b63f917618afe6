import type { WorkRecord } from './record.ts'
import type { OutcomeWords } from './vocabulary.ts'
import type { Pair } from './accuracy.ts'

/**
 * A made-up history whose truth is known: three outcomes with their topics, work for them told in words of the topic
 * (of which the outcome itself names only some), work for nothing, upkeep, and titles that use a topic's word in passing.
 */
export function plantedHistory(seed: number, size = 600): { outcomes: OutcomeWords[]; records: WorkRecord[]; truth: Pair[] } {
  const random = mulberry32(seed)
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)]!
  const truth: Pair[] = []
  const records = Array.from({ length: size }, (_, index): WorkRecord => {
    const dice = random()
    const topic = pick(TOPICS)
    const other = pick(TOPICS.filter((one) => one !== topic))
    const node = `commit:git/${index.toString(16).padStart(7, '0')}`
    const make = (title: string, path: string): WorkRecord => ({
      kind: 'commit',
      node,
      subject: 'repository:default/mono',
      source: 'git',
      id: node.slice(11),
      at: index,
      title,
      body: '',
      trailers: {},
      labels: [],
      refs: [],
      paths: [path],
      bot: false,
      merge: false,
    })
    const file = () => `${pick(['handler', 'model', 'store', 'view', 'client'])}.ts`
    if (dice < 0.35) {
      truth.push({ from: node, to: topic.outcome.ref })
      const [a, b] = [pick(topic.words), pick(topic.words)]
      const title = pick([
        `Speed up ${a} of ${b}`,
        `${pick(VERBS)} ${a} ${b}`,
        `feat(${topic.path}): ${a} when ${pick(FILLERS)} changes`,
        `${pick(VERBS)} ${b} before ${a}`,
        `${pick(VERBS)} ${a} for ${pick(FILLERS)}`,
      ])
      return make(title, `services/${random() < 0.75 ? topic.path : other.path}/${file()}`)
    }
    if (dice < 0.47)
      return make(
        `${pick(['chore', 'ci', 'docs', 'test'])}: ${pick(VERBS)} ${pick(topic.words)} ${pick(FILLERS)}`,
        `services/${topic.path}/${file()}`,
      )
    if (dice < 0.65)
      return make(
        `${pick(VERBS)} ${pick(FILLERS)} next to ${pick(topic.words)}`,
        `services/${pick([topic.path, 'admin', 'reports'])}/${file()}`,
      )
    return make(`${pick(VERBS)} ${pick(FILLERS)} ${pick(FILLERS)}`, `services/${pick(['admin', 'reports', topic.path])}/${file()}`)
  })
  return { outcomes: TOPICS.map((topic) => topic.outcome), records, truth }
}

const VERBS = ['Add', 'Improve', 'Rework', 'Introduce', 'Simplify', 'Use', 'Cache', 'Split', 'Show', 'Move', 'Measure']
const FILLERS = [
  'admin menu',
  'report footer',
  'colour theme',
  'date picker',
  'currency table',
  'login banner',
  'feature flag',
  'mail template',
  'audit export',
  'tooltip',
  'avatar upload',
  'logging format',
  'timezone',
  'session cookie',
]

interface Topic {
  path: string
  words: readonly string[]
  outcome: OutcomeWords
}

const TOPICS: readonly Topic[] = [
  topic('checkout', 'Checkout without a wait', 'Nobody waits for the payment page: checkout latency stays under a second.', [
    'checkout latency',
    'payment page',
    'payments',
    'checkout',
    'cart totals',
    'basket',
    'card tokens',
    'latency budget',
    'payment retries',
    'order placement',
  ]),
  topic(
    'search',
    'Search that finds parcels',
    'People find their parcel by typing any part of its address; search relevance is measured weekly.',
    [
      'search relevance',
      'parcel index',
      'address matching',
      'search',
      'query suggestions',
      'typo tolerance',
      'ranking',
      'parcels',
      'synonyms',
      'search results',
    ],
  ),
  topic('dispatch', 'Fewer failed deliveries', 'Couriers deliver at the first attempt because dispatch knows when somebody is home.', [
    'courier routes',
    'delivery attempts',
    'dispatch planning',
    'failed deliveries',
    'doorstep photos',
    'time slots',
    'courier app',
    'delivery windows',
    'dispatch',
    'rerouting',
  ]),
]

function topic(path: string, title: string, statement: string, words: readonly string[]): Topic {
  const place = { ref: `component:default/${path}`, name: path, repository: 'repository:default/mono', path: `services/${path}` }
  return { path, words, outcome: { ref: `outcome:default/${path}`, namespace: 'default', title, statement, tags: [], places: [place] } }
}

/** A small seeded generator (public domain, Tommy Ettinger's mulberry32). */
function mulberry32(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
