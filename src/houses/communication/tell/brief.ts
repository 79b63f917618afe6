import type { Claim } from '../../../ground/core/index.ts'
import { alertClaims } from './alerts.ts'
import { changesClaim } from './changes.ts'
import { claim, fromEntity, fromReading } from './claims.ts'
import { decisionClaims } from './decisions.ts'
import { deliveryClaims, stabilityClaims } from './delivery.ts'
import type { BriefFacts } from './facts.ts'
import { calibrationClaims } from './forecast-view.ts'
import { headline } from './headline.ts'
import { outcomeClaims } from './outcomes.ts'
import { overrideClaims, ownDecisions } from './overrides.ts'
import { principleClaims } from './principles.ts'
import { arrivalClaims, shippingClaims } from './repository.ts'
import { notKnown, staleClaims, unknownClaims, unknownSummary } from './unknowns.ts'
import { againWords, windowWords } from './words.ts'
import { workClaims } from './work.ts'

export const AUDIENCES = ['executive', 'product', 'engineering'] as const
export type Audience = (typeof AUDIENCES)[number]

/** A part of a brief under one heading. */
export interface Section {
  title: string
  claims: Claim[]
}

/** How many sentences of each part an audience gets, and how many in all; the same truth at three lengths. */
interface Length {
  all: number
  outcomes: number
  delivery: number
  shipping: number
  arrivals: number
  principles: number
  work: number
  decisions: number
  unknowns: 'summary' | number
}
const LENGTHS: Record<Audience, Length> = {
  executive: { all: 8, outcomes: 3, delivery: 1, shipping: 3, arrivals: 3, principles: 1, work: 1, decisions: 1, unknowns: 'summary' },
  product: { all: 14, outcomes: 5, delivery: 3, shipping: 4, arrivals: 4, principles: 2, work: 2, decisions: 2, unknowns: 2 },
  engineering: {
    all: Infinity,
    outcomes: Infinity,
    delivery: Infinity,
    shipping: Infinity,
    arrivals: Infinity,
    principles: Infinity,
    work: Infinity,
    decisions: Infinity,
    unknowns: Infinity,
  },
}

/** Which parts give way first when there is more to say than an audience reads. */
const GIVE_WAY = [
  'How work arrives',
  'What ships',
  'Delivery',
  'Decisions',
  'Principles',
  'Work',
  'What we do not know',
  'Changed lately',
  'Reliability',
] as const

/** The brief for one audience: the headline first, then parts in the order in which a reader asks. */
export function tellBrief(facts: BriefFacts, audience: Audience): { headline: Claim; sections: Section[] } {
  const length = LENGTHS[audience]
  const bare = facts.outcomes.length === 0 && facts.principles.length === 0
  // What is not known of outcomes is said with each of them.
  const releases = facts.delivery.get('delivery.deployment_frequency')?.now.value !== null
  const unknowns = bare && releases && audience !== 'engineering' ? [] : notKnown({ ...facts, outcomes: [] })
  const shown = facts.repository && (bare || audience === 'engineering') ? facts.repository : null
  // A headline without outcomes names the window; what follows need not.
  const span = shown ? (bare ? againWords(shown.window) : windowWords(shown.window, facts.at)) : ''
  const sections: Section[] = [
    { title: 'Outcomes', claims: outcomeClaims(facts.outcomes).slice(0, length.outcomes) },
    { title: 'Changed lately', claims: changesClaim(facts.changed, audience) },
    { title: 'Work', claims: workClaims(bare ? null : facts.work).slice(0, length.work) },
    { title: 'Delivery', claims: (bare ? stabilityClaims(facts, span && ` of ${span}`) : deliveryClaims(facts)).slice(0, length.delivery) },
    { title: 'Reliability', claims: alertClaims(facts) },
    { title: 'What ships', claims: bare && shown ? shippingClaims(shown, span).slice(0, length.shipping) : [] },
    { title: 'How work arrives', claims: shown ? arrivalClaims(shown, span).slice(0, length.arrivals) : [] },
    { title: 'Principles', claims: principleClaims(facts.principles).slice(0, length.principles) },
    {
      title: 'Decisions',
      claims: [
        ...overrideClaims(facts),
        ...decisionClaims(ownDecisions(facts), facts.deciding, facts.window).slice(0, length.decisions),
        ...calibrationClaims(facts.forecasts),
      ],
    },
    {
      title: 'What we do not know',
      claims:
        length.unknowns === 'summary'
          ? unknownSummary(unknowns)
          : [...unknownClaims(unknowns), ...(facts.history?.quiet ? [] : staleClaims(readingsOf(facts)))].slice(0, length.unknowns),
    },
    { title: 'First step', claims: firstStep(facts) },
  ]
  return {
    headline: headline(facts),
    sections: shorten(
      sections.filter((section) => section.claims.length > 0),
      length.all - 1,
    ),
  }
}

/** Drops the last sentences of the parts that give way first, until at most `most` are left; each keeps one as long as it can, outcomes all. */
function shorten(sections: readonly Section[], most: number): Section[] {
  let surplus = sections.reduce((sum, section) => sum + section.claims.length, 0) - most
  const left = new Map(sections.map((section) => [section.title, section.claims.length]))
  const giveWay = (title: string, least: number) => {
    const dropped = Math.max(0, Math.min(surplus, (left.get(title) ?? 0) - least))
    left.set(title, (left.get(title) ?? 0) - dropped)
    surplus -= dropped
  }
  for (const title of GIVE_WAY) giveWay(title, 1)
  for (const title of [...GIVE_WAY, 'Outcomes']) giveWay(title, 0)
  return sections
    .map((section) => ({ ...section, claims: section.claims.slice(0, left.get(section.title)) }))
    .filter((section) => section.claims.length > 0)
}

/** What to do first where nothing has been promised yet. */
function firstStep(facts: BriefFacts): Claim[] {
  const scan = 'Next: read a repository with "throughline scan <folder>"'
  if (facts.outcomes.length > 0)
    return facts.history ? [] : [claim(`${scan}, so that there is something to hold the outcomes against.`, fromReading(facts.nothing))]
  const ground = facts.vision ? fromEntity(facts.vision.ref, facts.vision.title) : fromReading(facts.repository?.commits ?? facts.nothing)
  if (facts.vision)
    return [
      claim(
        'Next: write three to five outcomes with a measure, a target and a date, so that these figures are held against something.',
        ground,
      ),
    ]
  if (facts.repository)
    return [
      claim(
        'Next: write a vision of at most 300 words with three to five outcomes, in a file throughline/vision.yaml or on the Vision page; then these figures are held against what you intend.',
        ground,
      ),
    ]
  return [claim(`${scan}, then write a vision on the Vision page.`, ground)]
}

function readingsOf(facts: BriefFacts) {
  return [
    ...facts.outcomes.flatMap((outcome) => (outcome.judgement.reading ? [outcome.judgement.reading] : [])),
    ...[...facts.delivery.values()].map(({ now }) => now),
  ]
}
