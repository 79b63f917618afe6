import type { GapFinder } from '../../../ground/catalog/index.ts'
import { lastDays } from '../../../ground/core/index.ts'
import type { Store } from '../../../ground/store/index.ts'
import { subjectsIn } from './subjects.ts'
import { workShares } from './week/shares.ts'
import { unitsOf } from './week/units.ts'

const DAYS = 28

/** Work of the last four weeks that leads up to no outcome: one hole with its size, not one a commit. */
export function workWithoutOutcome(store: Store): GapFinder {
  return {
    code: 'work_without_outcome',
    async find({ namespace, at, asOf }) {
      const subjects = await subjectsIn(store, namespace, asOf)
      const { n, unlinked } = workShares(await unitsOf(store, subjects, lastDays(at, DAYS), asOf ?? null))
      if (unlinked.units.length === 0) return []
      const share = Math.round((100 * unlinked.units.length) / n)
      const example = unlinked.units[0]!
      return [
        {
          code: 'work_without_outcome',
          ref: `namespace:${namespace}`,
          message: `${unlinked.units.length} of ${n} changes in the last ${DAYS} days (${share} %) lead up to no outcome, the latest "${example.title.length > 80 ? `${example.title.slice(0, 79)}…` : example.title}"`,
          fix: 'Accept the suggestions that fit, or write "Serves: <outcome>" into commit messages or descriptions.',
        },
      ]
    },
  }
}
