import type { Claim, Reading, Window } from '../../../ground/core/index.ts'
import type { OutcomeView } from '../../vision/index.ts'
import type { Difference } from '../decide/difference.ts'
import type { Section } from './brief.ts'
import type { BriefFacts, WorkPart, WorkSplit } from './facts.ts'

/** What a story is told from: all a brief knows, and how things stood before the time it tells of. */
export interface StoryFacts extends BriefFacts {
  /** The time it tells of. */
  span: Window
  /** What each outcome's measure read over the four weeks before that time, by outcome. */
  before: ReadonlyMap<string, Reading>
  /** How the work of that time divides. */
  spanWork: WorkSplit | null
}

/** An outcome within a story. */
export interface StoryOutcome {
  view: OutcomeView
  /** Over the four weeks before the time; null when unknown or not measured. */
  before: number | null
  moved: Difference | null
  work: WorkPart | null
  claims: Claim[]
}

export interface Story {
  headline: Claim
  outcomes: StoryOutcome[]
  sections: Section[]
}
