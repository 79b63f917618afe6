import type { Ref } from '../../../../ground/core/index.ts'
import { type Page, type Remark, remark, type Unjudged } from './page.ts'

/**
 * Promises nobody works on. Where no work is on record at all, only an outcome that no document serves either is surely
 * left alone; of the others it cannot be told.
 */
export function unserved({ outcomes, principles, decisions, investments, work }: Page): { remarks: Remark[]; unjudged: Unjudged[] } {
  const onPaper = new Set<Ref>([...principles, ...decisions, ...investments].flatMap(({ serves }) => serves))
  const remarks: Remark[] = []
  const unjudged: Unjudged[] = []
  for (const { ref, title } of outcomes) {
    if (work ? work.served.has(ref) : false) continue
    if (work || !onPaper.has(ref))
      remarks.push(
        remark(
          ref,
          'no_work',
          work ? `No work leads up to "${title}"` : `Nothing serves "${title}": no principle, decision, investment or work`,
          `Write the trailer "Serves: ${ref}" into the changes that serve it, accept a suggestion, or give it up.`,
          'spec',
        ),
      )
    else
      unjudged.push({
        rule: 'lint.no_work',
        ref,
        why: `No work is on record, so nobody can tell whether any serves "${title}".`,
        fix: 'Scan a repository or connect a tracker, then look again.',
      })
  }
  return { remarks, unjudged }
}

/** Work that no outcome asks for: investments that name none, and what was done in the last four weeks. */
export function servingNothing({ everything, outcomes, investments, work }: Page): Remark[] {
  const idle = investments
    .filter(({ serves }) => serves.length === 0)
    .map(({ ref, title }) =>
      remark(
        ref,
        'serves_nothing',
        `The investment "${title}" serves no outcome`,
        'Name the outcome (spec.serves), or do not do it.',
        'spec.serves',
      ),
    )
  // Before anything is promised there is nothing that work could serve.
  if (!work || work.unlinked === 0 || outcomes.length === 0) return idle
  return [
    ...idle,
    remark(
      everything,
      'unlinked_work',
      `${work.unlinked} of ${work.n} changes of the last four weeks (${Math.round((100 * work.unlinked) / work.n)} %) serve no outcome${work.latest ? `, the latest "${work.latest}"` : ''}`,
      'Accept the suggestions that fit, or write "Serves: <outcome>" into commit messages or descriptions.',
    ),
  ]
}
