/** What a careful reader would object to in a strategy, as pure rules. */
import { crossedDates, easyTargets, incomplete, otherUnits } from './outcomes.ts'
import type { Page, Remark, Unjudged } from './page.ts'
import { contradictions, toothless } from './principles.ts'
import { tooLong, tooManyHeadlines, vague } from './vision.ts'
import { servingNothing, unserved } from './work.ts'

export { type MeasureFacts, type Page, type Remark, type Today, type Unjudged } from './page.ts'
export { contradictions } from './principles.ts'
export { vagueWords } from './vague-words.ts'
export { pageWords } from './vision.ts'

/**
 * Every objection, worst first: what cannot be checked, what settles nothing, what contradicts itself, what nobody works
 * on; and the rules that could not be judged for want of evidence.
 */
export function lintPage(page: Page): { remarks: Remark[]; unjudged: Unjudged[] } {
  const easy = easyTargets(page)
  const idle = unserved(page)
  return {
    remarks: [
      ...incomplete(page),
      ...otherUnits(page),
      ...crossedDates(page),
      ...easy.remarks,
      ...contradictions(page),
      ...toothless(page),
      ...tooLong(page),
      ...vague(page),
      ...tooManyHeadlines(page),
      ...idle.remarks,
      ...servingNothing(page),
    ],
    unjudged: [...easy.unjudged, ...idle.unjudged],
  }
}
