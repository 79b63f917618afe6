import { type Page, type Remark, remark } from './page.ts'
import { unanswered } from './outcomes.ts'

/** Decisions that argue for and against the same principle cannot both be followed. */
export function contradictions({ principles, decisions }: Pick<Page, 'principles' | 'decisions'>): Remark[] {
  return principles.flatMap(({ ref, title }) => {
    const pro = decisions.filter((decision) => decision.supports.includes(ref))
    const contra = decisions.filter((decision) => decision.against.includes(ref))
    if (pro.length === 0 || contra.length === 0) return []
    return [
      remark(
        ref,
        'cited_both_ways',
        `"${title}" is cited for ${titles(pro)} and against it in ${titles(contra)}`,
        'Supersede one of them, or add an exception with an end date.',
        'spec',
      ),
    ]
  })
}

/** Principles that nobody can break, or nobody can see broken. */
export function toothless(page: Page): Remark[] {
  return page.principles.flatMap(({ ref, title, forbids, signals }) => [
    ...(forbids.length === 0
      ? [
          remark(
            ref,
            'forbids_nothing',
            `"${title}" forbids nothing`,
            'Name something people want to do that it rules out.',
            'spec.forbids',
          ),
        ]
      : []),
    ...(signals.length === 0
      ? [remark(ref, 'no_signals', `Nothing measures whether "${title}" is lived`, 'Name a measure and a limit.', 'spec.signals')]
      : []),
    ...signals.flatMap(({ measure }, index) => unanswered(ref, `"${title}" is watched by`, measure, `spec.signals.${index}.measure`, page)),
  ])
}

function titles(decisions: readonly { title: string }[]): string {
  return decisions.map(({ title }) => `"${title}"`).join(', ')
}
