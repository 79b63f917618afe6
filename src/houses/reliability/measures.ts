import type { Window } from '../../ground/core/index.ts'
import type { Ground } from '../../ground/index.ts'
import { type Collected, type CollectAsk, type MeasureDefinition, type Piece, questionText } from '../../ground/measures/index.ts'
import { KeptBriefly } from '../../ground/store/index.ts'
import type { Slo } from './intent/index.ts'
import { slosOf } from './store/slos.ts'
import { type SloStatus, statusesOfEach } from './store/index.ts'

type Context = Pick<Ground, 'store' | 'catalog' | 'ledger'>
type Asked = (status: SloStatus) => number | null

const DIMENSIONS = [{ name: 'slo' }]
const OF_SEVERAL = 'Of several promises the worst counts; --where slo=… asks for one.'
const COMMON = { dimensions: DIMENSIONS, kinds: ['sli'] }

/** What promises come to, as measures: outcomes, principles and gates may ask for them. */
export function reliabilityMeasures(context: Context): MeasureDefinition[] {
  return [
    {
      id: 'reliability.budget_remaining',
      title: 'Error budget left',
      question: 'May we still take risks here?',
      unit: 'ratio',
      better: 'higher',
      definition: `1 − (1 − SLI) ÷ (1 − target) over the window of the SLO that ends with the window asked for: 1 untouched, 0 spent, negative overspent (SRE Workbook, chapter 2). ${OF_SEVERAL}`,
      ...COMMON,
      collect: (ask) => collect(context, ask, lowest, ({ budget }) => budget.remaining),
    },
    {
      id: 'reliability.sli',
      title: 'Share of good events',
      question: 'How reliable were we?',
      unit: 'ratio',
      better: 'higher',
      definition: `Good events of all events in the window asked for; good slices of all slices, or the mean of their ratios, where the SLO counts so (OpenSLO v1, budgetingMethod). ${OF_SEVERAL}`,
      ...COMMON,
      collect: (ask) => collect(context, ask, lowest, ({ sli }) => sli, inWindow),
    },
    {
      id: 'reliability.burn_rate',
      title: 'Burn rate',
      question: 'How fast is the error budget spent?',
      unit: 'number',
      better: 'lower',
      definition: `Error ratio of the window asked for ÷ (1 − target): at 1 the budget is spent just when the window of the SLO ends (SRE Workbook, chapter 5). ${OF_SEVERAL}`,
      ...COMMON,
      collect: (ask) => collect(context, ask, highest, ({ sli, target }) => (sli === null ? null : (1 - sli) / (1 - target)), inWindow),
    },
  ]
}

/** The promise, counted over the window that is asked for instead of its own. */
function inWindow(slo: Slo, { from, to }: Window): Slo {
  return { ...slo, window: { kind: 'rolling', length: to - from, text: '' } }
}

async function collect(
  context: Context,
  ask: CollectAsk,
  worst: (values: readonly number[]) => number,
  asked: Asked,
  reshaped?: typeof inWindow,
): Promise<Collected[]> {
  const find = () => standings(context, ask, reshaped ?? ((slo) => slo))
  const found =
    ask.moment === undefined ? await find() : await kept.find(context.store, `${reshaped?.name ?? 'own'} ${questionText(ask)}`, find)
  return ask.pieces.map((piece, index) => {
    const statuses = found[index]!
    if (statuses.length > 0) return answer(statuses, worst, asked)
    return { shape: 'nothing', excluded: {}, withData: 0, unknown: noSlo(piece, ask.where.slo) }
  })
}

/** What the SLI and the burn rate of one question both rest on, looked up once. */
const kept = new KeptBriefly<SloStatus[][]>()

/** How the promises about each piece stand at its end. */
async function standings(
  context: Context,
  { pieces, where, at, asOf }: CollectAsk,
  reshaped: (slo: Slo, window: Window) => Slo,
): Promise<SloStatus[][]> {
  const slos = await slosOf(context, { asOf })
  const asks = pieces.map((piece) => {
    const window = { from: piece.window.from, to: Math.min(piece.window.to, at) }
    const meant = slos.filter((slo) => isMeant(slo, piece, where.slo))
    return { promises: meant.map((slo) => reshaped(slo, window)), at: window.to, asOf }
  })
  return statusesOfEach(asks, context)
}

function answer(statuses: readonly SloStatus[], worst: (values: readonly number[]) => number, asked: Asked): Collected {
  const known = statuses.flatMap((status) => {
    const value = asked(status)
    return value === null ? [] : [{ value, status }]
  })
  const excluded = { unknown_slo: statuses.length - known.length }
  if (known.length === 0) return { shape: 'nothing', excluded, withData: 0, unknown: statuses[0]!.unknown }
  const value = worst(known.map((one) => one.value))
  return {
    shape: 'number',
    value,
    n: known.find((one) => one.value === value)!.status.n,
    excluded,
    withData: new Set(known.map(({ status }) => status.service)).size,
  }
}

function isMeant({ ref, service }: Slo, { subject, shares }: Piece, wanted: string | undefined): boolean {
  if (wanted !== undefined && ref !== wanted && ref.split('/')[1] !== wanted) return false
  return service === subject || ref === subject || shares.some((share) => share.ref === service || share.subjects.includes(service))
}

function noSlo({ subject }: Piece, wanted: string | undefined): Collected['unknown'] {
  return {
    code: 'no_slo',
    why: wanted ? `No SLO ${wanted} promises anything about ${subject}.` : `Nothing is promised about ${subject}.`,
    fix: 'Write an SLO as OpenSLO v1 has it, and apply it.',
  }
}

const lowest = (values: readonly number[]) => Math.min(...values)
const highest = (values: readonly number[]) => Math.max(...values)
