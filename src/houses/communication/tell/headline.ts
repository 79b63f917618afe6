import type { Claim, JudgementState } from '../../../ground/core/index.ts'
import type { OutcomeView } from '../../vision/index.ts'
import { claim, fromEntity, fromJudgement, fromReading } from './claims.ts'
import type { BriefFacts } from './facts.ts'
import { count, nameWords, windowWords } from './words.ts'

const STATES: readonly [JudgementState, string][] = [
  ['missed', 'missed'],
  ['at_risk', 'at risk'],
  ['unknown', 'unknown'],
  ['on_course', 'on course'],
  ['met', 'met'],
]
/** In the order in which a headline counts them: good news first, as a reader expects of a sum. */
const COUNTED: readonly JudgementState[] = ['met', 'on_course', 'at_risk', 'missed', 'unknown']

/** A longer reason stands with its outcome. */
const LONGEST_REASON = 60

/** "5 outcomes: 3 on course, 1 at risk, 1 unknown (no cost source)." */
export function headline(facts: BriefFacts): Claim {
  const { outcomes, repository, vision } = facts
  if (outcomes.length > 0) return ofOutcomes(outcomes)
  if (repository) {
    const { commits } = repository
    const reach =
      repository.subjects.length === 1
        ? nameWords(repository.subjects[0]!)
        : count(repository.subjects.length, 'repository', 'repositories')
    return claim(
      `No outcome is written yet; the history of ${reach} tells the rest (${count(commits.n, 'commit')}, merges apart, in ${windowWords(repository.window, facts.at)}).`,
      fromReading(commits),
    )
  }
  if (vision) return claim('A vision is written, but no outcome and no history are known yet.', fromEntity(vision.ref, vision.title))
  return claim('Nothing is known here yet: no outcome is written and no history was read.', fromReading(facts.nothing))
}

function ofOutcomes(outcomes: readonly OutcomeView[]): Claim {
  const words = new Map(STATES)
  const parts = COUNTED.flatMap((state) => {
    const own = outcomes.filter((outcome) => outcome.judgement.state === state)
    if (own.length === 0) return []
    const why = state === 'unknown' && own.length === 1 && own[0]!.because.length <= LONGEST_REASON ? ` (${own[0]!.because})` : ''
    return [`${own.length} ${words.get(state)}${why}`]
  })
  const [first, ...rest] = outcomes.map((outcome) => fromJudgement(outcome.judgement))
  return claim(`${count(outcomes.length, 'outcome')}: ${parts.join(', ')}.`, first!, ...rest)
}
