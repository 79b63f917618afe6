import type { Instant } from '../../../ground/core/index.ts'
import type { Store } from '../../../ground/store/index.ts'
import { mayBurn, openTests } from '../assess/burn/index.ts'
import { LONGEST_BOUNDED } from '../store/bounds.ts'
import { burnsOver, mostOver } from './over.ts'
import type { Watch } from './watches.ts'

/**
 * The watches that may burn, of those whose promises count events: all others are calm. Most are told to be from whole hours;
 * of the rest the shortest windows are read that are still open.
 * @param matters whether a watch has to be held against its rules in any case
 */
export async function openOf(watches: readonly Watch[], matters: (watch: Watch) => boolean, to: Instant, store: Store): Promise<Watch[]> {
  const told = watches.filter((watch) => !matters(watch))
  const windows = windowsOf(told, (all) => all.filter((window) => window <= LONGEST_BOUNDED))
  const most = await mostOver(told, windows, to, store)
  const left = told.flatMap((watch) => {
    const mostOf = (window: number) => (window <= LONGEST_BOUNDED ? most(watch, window) : Infinity)
    const rules = watch.rules.map((rule) => openTests(rule, mostOf)).filter(({ anyOf }) => anyOf.length > 0)
    return rules.length > 0 ? [{ watch, still: { ...watch, rules } }] : []
  })
  const open = new Set<Watch>()
  // Watches with the same windows open are read together.
  for (const some of Map.groupBy(left, ({ still }) =>
    windowsOf([still], (all) => all.slice(-1))
      .sort()
      .join(' '),
  ).values()) {
    const stills = some.map(({ still }) => still)
    const short = await burnsOver(
      stills,
      windowsOf(stills, (all) => all.slice(-1)),
      to,
      store,
    )
    for (const { watch, still } of some) if (still.rules.some((rule) => mayBurn(rule, (window) => short(still, window)))) open.add(watch)
  }
  return watches.filter((watch) => open.has(watch) || matters(watch))
}

/** Each window once, of those that are picked of every test. */
export function windowsOf(watches: readonly Watch[], pick: (windows: readonly number[]) => readonly number[]): number[] {
  return [...new Set(watches.flatMap(({ rules }) => rules.flatMap(({ anyOf }) => anyOf.flatMap((test) => pick(test.windows)))))]
}
