import { countWords } from '../../intent/count-words.ts'
import { type Page, type Remark, remark } from './page.ts'
import { vagueWords } from './vague-words.ts'

/** Most words the whole page may have: statement, outcomes and principles together. */
const PAGE_WORDS = 300

/** More than people read to the end. */
export function tooLong(page: Page): Remark[] {
  if (!page.vision) return []
  const words = pageWords(page)
  return words > PAGE_WORDS
    ? [
        remark(
          page.vision.ref,
          'page_too_long',
          `The page has ${words} words with its outcomes and principles; ${PAGE_WORDS} are what people read to the end`,
          'Cut what nobody would miss.',
          'spec.statement',
        ),
      ]
    : []
}

/** Words that sound good and settle nothing, each by name. */
export function vague({ vision, outcomes, principles }: Page): Remark[] {
  return [...(vision ? [vision] : []), ...outcomes, ...principles].flatMap(({ ref, title, statement }) =>
    vagueWords(statement).map(({ word, ask }) => remark(ref, 'vague', `"${word}" in "${title}" settles nothing`, ask, 'spec.statement')),
  )
}

/** More headline measures than a person keeps in mind: those beyond what it may have. */
export function tooManyHeadlines({ headlines }: Page): Remark[] {
  return headlines.flatMap(({ audience, most, measures }) =>
    measures
      .slice(most)
      .map(({ ref, title }, index) =>
        remark(
          ref,
          'too_many_headlines',
          `"${title}" is headline measure ${most + index + 1} for ${audience} readers; people keep ${most} in mind`,
          'Say under spec.headline which one it replaces, or take it out.',
          'spec.headline',
        ),
      ),
  )
}

/** Words of the page as read aloud: its statement and those of its outcomes and principles. */
export function pageWords({ vision, outcomes, principles }: Pick<Page, 'vision' | 'outcomes' | 'principles'>): number {
  return [
    vision?.statement ?? '',
    ...outcomes.map((outcome) => outcome.statement),
    ...principles.map((principle) => principle.statement),
  ].reduce((sum, text) => sum + countWords(text), 0)
}
