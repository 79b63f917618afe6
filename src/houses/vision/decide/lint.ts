import type { Problem, Ref } from '../../../ground/core/index.ts'
import type { OutcomeIntent, PrincipleIntent, VisionIntent } from '../intent/intents.ts'
import { countWords } from '../intent/count-words.ts'
import { vagueWords } from './vague-words.ts'

/** The page as its readers see it. */
export interface Page {
  vision: VisionIntent | null
  outcomes: readonly OutcomeIntent[]
  principles: readonly PrincipleIntent[]
  /** Decisions in force that cite principles. */
  decisions: readonly { ref: Ref; title: string; supports: readonly Ref[]; against: readonly Ref[] }[]
  /** Ids of measures that can be read. */
  measures: ReadonlySet<string>
}

/** A remark on the strategy itself, with the thing it is about. */
export type Remark = Problem & { ref: Ref }

/** Most words the whole page may have: statement, outcomes and principles together. */
const PAGE_WORDS = 300

/** What a careful reader would object to, worst first: what cannot be checked, what settles nothing, what contradicts itself. */
export function lintPage(page: Page): Remark[] {
  return [...unchecked(page), ...contradictions(page), ...toothless(page), ...tooLong(page), ...vague(page)]
}

function unchecked({ outcomes, measures }: Page): Remark[] {
  return outcomes.flatMap((outcome) => {
    if (!outcome.measure)
      return [
        remark(
          outcome.ref,
          'lint.no_measure',
          `"${outcome.title}" has ${outcome.target ? 'a target but ' : ''}no measure`,
          'Name the measure that will show it.',
        ),
      ]
    if (!measures.has(outcome.measure))
      return [
        remark(
          outcome.ref,
          'lint.measure_unknown',
          `"${outcome.title}" is measured by ${outcome.measure}, which nothing answers yet`,
          'Push measurements of that name, or choose a measure from the list.',
        ),
      ]
    if (!outcome.target)
      return [remark(outcome.ref, 'lint.no_target', `"${outcome.title}" has a measure but no target`, 'Say which value by which day.')]
    return []
  })
}

/** Decisions that argue for and against the same principle cannot both be followed. */
export function contradictions({ principles, decisions }: Pick<Page, 'principles' | 'decisions'>): Remark[] {
  return principles.flatMap((principle) => {
    const pro = decisions.filter((decision) => decision.supports.includes(principle.ref))
    const contra = decisions.filter((decision) => decision.against.includes(principle.ref))
    if (pro.length === 0 || contra.length === 0) return []
    return [
      remark(
        principle.ref,
        'lint.cited_both_ways',
        `"${principle.title}" is cited for ${titles(pro)} and against it in ${titles(contra)}`,
        'Supersede one of them, or add an exception with an end date.',
      ),
    ]
  })
}

function toothless({ principles }: Page): Remark[] {
  return principles.flatMap((principle) => [
    ...(principle.forbids.length === 0
      ? [
          remark(
            principle.ref,
            'lint.forbids_nothing',
            `"${principle.title}" forbids nothing`,
            'Name something people want to do that it rules out.',
          ),
        ]
      : []),
    ...(principle.signals.length === 0
      ? [remark(principle.ref, 'lint.no_signals', `Nothing measures whether "${principle.title}" is lived`, 'Name a measure and a limit.')]
      : []),
  ])
}

function tooLong(page: Page): Remark[] {
  if (!page.vision) return []
  const words = pageWords(page)
  return words > PAGE_WORDS
    ? [
        remark(
          page.vision.ref,
          'lint.page_too_long',
          `The page has ${words} words with its outcomes and principles; ${PAGE_WORDS} are what people read to the end`,
          'Cut what nobody would miss.',
        ),
      ]
    : []
}

function vague({ vision, outcomes, principles }: Page): Remark[] {
  return [...(vision ? [vision] : []), ...outcomes, ...principles].flatMap((intent) =>
    vagueWords(intent.statement).map(({ word, ask }) =>
      remark(intent.ref, 'lint.vague', `"${word}" in "${intent.title}" settles nothing`, ask),
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

function remark(ref: Ref, code: string, message: string, fix: string): Remark {
  return { ref, code, severity: 'warning', message, fix }
}

function titles(decisions: readonly { title: string }[]): string {
  return decisions.map((decision) => `"${decision.title}"`).join(', ')
}
