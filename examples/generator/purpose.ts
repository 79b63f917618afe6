import type { Random } from './random.ts'
import { outcomeRef } from './record.ts'
import type { Service } from './services.ts'
import { BOT, BUGS, OTHERS, PACKAGES, personOf, TOPICS, UPKEEP, VERBS } from './words.ts'

/** What a change is for, and how its people say so. */
export interface Purpose {
  category: Category
  title: string
  author: string
  bot: boolean
  /** Trailers of the commit message. */
  trailers: Record<string, string[]>
  /** It is told through a work item that names the outcome. */
  throughItem: boolean
  labels: string[]
  /** The outcome it truly serves, whether or not anything says so. */
  truth: string | null
}

/** `hidden` serves an outcome and says so nowhere: what suggestions should find. `aside` only uses its words in passing. */
export type Category = 'outcome' | 'upkeep' | 'repair' | 'hidden' | 'aside' | 'other' | 'bot'

/** Shares of work. With the hotfixes that failures bring, unlinked work is about a fifth. */
const SHARES: readonly [Category, number][] = [
  ['outcome', 0.47],
  ['upkeep', 0.23],
  ['repair', 0.04],
  ['hidden', 0.1],
  ['aside', 0.03],
  ['other', 0.07],
  ['bot', 0.06],
]
const WITHOUT_OUTCOME: readonly [Category, number][] = [
  ['upkeep', 0.4],
  ['repair', 0.1],
  ['other', 0.5],
]

/** Deals out purposes so that every stretch of work has the shares, not only the whole: who lags behind most is next. */
export class Purposes {
  readonly #service: Service
  readonly #random: Random
  readonly #credit: Map<Category, number>
  #dealt = 0

  constructor(service: Service, random: Random) {
    this.#service = service
    this.#random = random
    this.#credit = new Map(this.#shares().map(([category]) => [category, random.next() * 0.5]))
  }

  next(): Purpose {
    for (const [category, share] of this.#shares()) this.#credit.set(category, this.#credit.get(category)! + share)
    const category = [...this.#credit].reduce((most, other) => (other[1] > most[1] ? other : most))[0]
    this.#credit.set(category, this.#credit.get(category)! - 1)
    this.#dealt += 1
    return this.#purpose(category)
  }

  #shares(): readonly [Category, number][] {
    return this.#service.outcome ? SHARES : WITHOUT_OUTCOME
  }

  #purpose(category: Category): Purpose {
    const { name, outcome, team, decision } = this.#service
    const random = this.#random
    const purpose: Purpose = {
      category,
      title: '',
      author: personOf(team, random.below(5)),
      bot: false,
      trailers: {},
      throughItem: false,
      labels: [],
      truth: null,
    }
    const topic = () => random.pick(TOPICS[outcome ?? ''] ?? OTHERS)
    const verb = random.pick(VERBS)
    switch (category) {
      case 'outcome': {
        purpose.title = `feat(${name}): ${verb.toLowerCase()} ${topic()}`
        purpose.truth = outcome
        const way = this.#dealt % 5
        if (way < 2) purpose.throughItem = true
        else if (way === 2 && decision) purpose.trailers = { Implements: [`ADR-${String(decision).padStart(4, '0')}`] }
        else purpose.trailers = { Serves: [outcomeRef(outcome!)] }
        return purpose
      }
      case 'hidden':
        return {
          ...purpose,
          title: random.chance(0.5) ? `${verb} ${topic()}` : `feat(${name}): ${verb.toLowerCase()} ${topic()}`,
          truth: outcome,
        }
      case 'aside':
        return { ...purpose, title: `${verb} ${random.pick(OTHERS)} and ${random.pick(OTHERS)} next to ${topic()}` }
      case 'other':
        return { ...purpose, title: `${verb} ${random.pick(OTHERS)}` }
      case 'repair':
        return { ...purpose, title: `fix(${name}): ${random.pick(BUGS)}`, labels: ['bug'], throughItem: true }
      case 'bot':
        return {
          ...purpose,
          title: `chore(deps): bump ${random.pick(PACKAGES)} from ${random.below(4)}.${random.below(9)} to ${random.below(4) + 4}.0`,
          author: BOT,
          bot: true,
          labels: ['dependencies'],
        }
      default:
        return { ...purpose, title: random.pick(UPKEEP) }
    }
  }
}
