import { isDeepStrictEqual } from 'node:util'
import { type Ref, Refusal } from '../../core/index.ts'
import type { SourceDefinition } from './source.ts'
import { subjectsOf } from './subjects.ts'

type Settings = Readonly<Record<string, unknown>>

/** Settings with some given anew; what is given empty or as null is as if it had never been given. */
export function changedSettings(before: Settings, given: Settings): Record<string, unknown> {
  return Object.fromEntries(Object.entries({ ...before, ...given }).filter(([, value]) => value !== null && value !== ''))
}

/** Names of the settings that differ. */
export function differing(before: Settings, after: Settings): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])].filter((key) => !isDeepStrictEqual(before[key], after[key])).sort()
}

/** A changed setting that gives records their names, with the subjects it does not stand for any more; null: any may be meant. */
export interface Renaming {
  setting: string
  subjects: Ref[] | null
}

/** Changes that would give what is known already another name. */
export function renamings({ naming = [] }: SourceDefinition, before: Settings, after: Settings): Renaming[] {
  return differing(before, after)
    .filter((setting) => naming.includes(setting))
    .flatMap((setting) => {
      const subjects = subjectsOf(before[setting], after[setting])
      return subjects?.length === 0 ? [] : [{ setting, subjects }]
    })
}

/** What somebody is told whose change would have the same things told twice, under two names. */
export function wouldRename({ title, settings }: SourceDefinition, { setting, subjects }: Renaming): Refusal {
  const field = settings.shape[setting]
  const called = (field as { meta?: () => { title?: string } | undefined } | undefined)?.meta?.()?.title ?? setting
  const known = subjects === null ? 'what this connection brought' : `what it brought about ${subjects.slice(0, 3).join(', ')}`
  return new Refusal('source.renames', `${title}: "${called}" gives records their names, and ${known} has one already.`, {
    status: 409,
    path: `settings.${setting}`,
    fix: 'Leave it as it is, or begin anew: take back what this connection brought ("throughline retract import:<n>" for each of its imports), remove it, and connect the system again with the new setting. Otherwise the same things would be there twice, under two names.',
  })
}
