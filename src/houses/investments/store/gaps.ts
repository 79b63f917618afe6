import { DAY, parseQuantity, type Ref, refNamespace } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { type Moment, type OutcomeIntent, readOutcome, valueOf, whyWords } from '../../vision/index.ts'
import type { OutcomeGap } from '../decide/worth.ts'

/** Length of the window that says where an outcome stands: the one outcomes are judged by. */
const WINDOW = 28 * DAY

/** What is left to do for each of some outcomes; what is not an outcome is left out. */
export async function gapsOf(
  refs: Iterable<Ref>,
  moment: Moment,
  { catalog, measures }: Pick<Ground, 'catalog' | 'measures'>,
): Promise<Map<Ref, OutcomeGap>> {
  const gaps = new Map<Ref, OutcomeGap>()
  for (const ref of new Set(refs)) {
    const entity = await catalog.get(ref, moment.asOf)
    const outcome = entity && readOutcome(entity)
    if (outcome) gaps.set(ref, await gapOf(outcome, moment, measures))
  }
  return gaps
}

async function gapOf(outcome: OutcomeIntent, { at, asOf }: Moment, measures: Ground['measures']): Promise<OutcomeGap> {
  const { ref, title, measure, subject, quantile, baseline, target } = outcome
  const gap: OutcomeGap = {
    ref,
    title,
    measure,
    subject,
    quantile,
    unit: '',
    now: null,
    nowFrom: 'reading',
    target: null,
    from: null,
    due: target?.by,
  }
  if (!measure) return { ...gap, unknown: 'it has no measure' }
  const reading = await measures.read({ measure, subject, from: at - WINDOW, to: at, at, asOf })
  const inUnit = (written: number | string | undefined) => {
    const read = written === undefined ? null : parseQuantity(written, reading.unit)
    return read?.ok ? read.value : null
  }
  const seen = valueOf(reading, quantile)
  const stated: OutcomeGap = {
    ...gap,
    unit: reading.unit,
    now: seen ?? inUnit(baseline?.value),
    nowFrom: seen === null ? 'baseline' : 'reading',
    target: inUnit(target?.value),
    from: inUnit(baseline?.value),
  }
  if (!target) return { ...stated, unknown: 'it has no target' }
  if (stated.target === null) return { ...stated, unknown: `its target "${target.value}" is not in ${reading.unit}` }
  return stated.now === null ? { ...stated, unknown: `no baseline is stated, and ${whyWords(reading.unknown)}` } : stated
}

/** Outcomes of a namespace. */
export async function outcomesIn({ scope, asOf }: Moment, { catalog }: Pick<Ground, 'catalog'>): Promise<Ref[]> {
  const entities = await catalog.list({ kind: 'outcome', namespace: scope, limit: 1_000 }, asOf)
  return entities.map(({ ref }) => ref).filter((ref) => refNamespace(ref) === scope)
}
