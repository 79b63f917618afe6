import { type Ref, refKind, refNamespace, type Window } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { readInvestment } from '../intent/index.ts'
import type { WeeklyAsk } from './effect-weeks.ts'

type Context = Pick<Ground, 'catalog' | 'measures'>

/** Candidates that are read at most. */
const MOST_CANDIDATES = 24

/**
 * Subjects to compare with where nobody names any: of the same kind and namespace, untouched, those with most records first.
 * One that shares records with something touched is no control.
 */
export async function untouchedBeside(
  ask: WeeklyAsk & { from: number; to: number },
  touched: readonly Ref[],
  { catalog, measures }: Context,
): Promise<Ref[]> {
  const kind = ask.subject.startsWith('namespace:') ? null : refKind(ask.subject)
  if (kind === null) return []
  const beside = (await catalog.list({ kind, namespace: refNamespace(ask.subject), limit: 500 }, ask.asOf)).map(({ ref }) => ref)
  const subjectsOf = async (ref: Ref) => (await catalog.shares(ref, ask.asOf)).flatMap(({ subjects }) => subjects)
  const taken = new Set<Ref>([ask.subject, ...touched])
  for (const ref of [ask.subject, ...touched]) for (const subject of await subjectsOf(ref)) taken.add(subject)
  const ranked = kind === 'component' ? await byRecords(beside, ask, measures) : beside
  const own: Ref[] = []
  for (const ref of ranked) {
    if (own.length === MOST_CANDIDATES) break
    if (!taken.has(ref) && !(await subjectsOf(ref)).some((subject) => taken.has(subject))) own.push(ref)
  }
  return own
}

/** Subjects on which another investment was finished in these weeks that was to change the same measure. */
export async function changedMeanwhile(
  { measure, subject, asOf }: WeeklyAsk,
  { from, to }: Window,
  { catalog }: Pick<Ground, 'catalog'>,
): Promise<{ ref: Ref; why: string }[]> {
  if (subject.startsWith('namespace:')) return []
  const declared = await catalog.list({ kind: 'investment', namespace: refNamespace(subject), limit: 500 }, asOf)
  return declared.flatMap((entity) => {
    const { title, end, effects } = readInvestment(entity) ?? { title: '', end: undefined, effects: [] }
    if (end === undefined || end < from || end > to) return []
    const own = effects.flatMap((effect) => (effect.measure === measure && effect.subject ? [effect.subject] : []))
    return own.filter((ref) => ref !== subject).map((ref) => ({ ref, why: `${title} changed it in these weeks` }))
  })
}

/** Those with records, most first; one question for all. */
async function byRecords(
  refs: readonly Ref[],
  ask: WeeklyAsk & { from: number; to: number },
  measures: Context['measures'],
): Promise<Ref[]> {
  const { quantile: _none, ...about } = ask
  const readings = await measures.readMany({ ...about, subject: `namespace:${refNamespace(ask.subject)}`, by: 'component' })
  const counts = new Map(readings.map(({ subject, n }) => [subject, n]))
  return refs.filter((ref) => (counts.get(ref) ?? 0) > 0).toSorted((a, b) => counts.get(b)! - counts.get(a)! || (a < b ? -1 : 1))
}
