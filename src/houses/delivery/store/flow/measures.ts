import type { Row, Unit, Window } from '../../../../ground/core/index.ts'
import type { CollectAsk, Collected, MeasureDefinition } from '../../../../ground/measures/index.ts'
import { KeptBriefly } from '../../../../ground/store/index.ts'
import { countItem, type CountedItem, flowOf, type FlowQuestion, type SeenItem } from '../../assess/index.ts'
import { itemAsRow } from '../../tell/flow-row.ts'
import { environmentOf } from '../base.ts'
import { PRODUCTION } from '../groups.ts'
import { NO_ITEMS, reasonFor } from './reasons.ts'
import { countsFor, type FlowBase, flowItems, type PlacedItem } from './flows.ts'

interface Entry extends Pick<MeasureDefinition, 'id' | 'title' | 'question' | 'unit' | 'better' | 'definition'> {
  asks: FlowQuestion
}

const ENTRIES: readonly Entry[] = [
  {
    id: 'delivery.flow_time',
    title: 'Flow time',
    question: 'How long does it take from an idea written down until customers have it?',
    unit: 's',
    better: 'lower',
    definition:
      'Of the work items created in the window: from then until the last of their changes first reached production, once their tracker says they are done. What is not there yet counts as at least that long (Kaplan–Meier median). Opened again it is on its way again; a change deployed again counts by its first deployment. Left out: items dropped, and items done without a change that names them.',
    asks: 'flow_time',
  },
  {
    id: 'delivery.start_wait',
    title: 'Wait to be started',
    question: 'How long does a work item wait until somebody begins?',
    unit: 's',
    better: 'lower',
    definition:
      'From the creation of a work item until work on it began as its tracker tells, for items that reached customers in the window.',
    asks: { stage: 'waiting_to_start' },
  },
  {
    id: 'delivery.work_in_progress',
    title: 'Work in progress',
    question: 'How old is the work that is under way?',
    unit: 's',
    better: 'lower',
    definition:
      'Age, since work began, of the work items that were under way when the window ended: begun by their tracker or their first commit, and not yet in customers’ hands. Their number is n.',
    asks: 'work_in_progress',
  },
  {
    id: 'delivery.unplanned_share',
    title: 'Unplanned work',
    question: 'Which share of the work we finish had nobody planned?',
    unit: 'ratio',
    better: 'lower',
    definition:
      'Share of the work items done in the window that nobody planned: their source says so, or a type or label names a repair or an interruption (bug, defect, incident, outage, hotfix, regression, unplanned, expedite). Planned: said so, a type or label of planned work (story, feature, task, …), or a place under another item. Where nothing tells, the item is left out and counted.',
    asks: 'unplanned',
  },
]

/** Measures of the way of work items, ready to register. */
export function flowMeasures(base: FlowBase): MeasureDefinition[] {
  return ENTRIES.map(({ asks, ...entry }) => ({
    ...entry,
    kinds: ['work_item', 'change', 'deployment'],
    linked: true,
    dimensions: [{ name: 'environment', default: PRODUCTION }, { name: 'type' }],
    collect: (ask) => collect(base, asks, ask),
    rows: (ask) => rows(base, asks, entry.unit, ask),
  }))
}

/** Items as they were seen at a moment, for every question that is asked of it. */
const kept = new KeptBriefly<(PlacedItem & SeenItem)[]>()

/** @param created only items written down then */
async function itemsFor(base: FlowBase, ask: CollectAsk, created?: Window): Promise<(PlacedItem & SeenItem)[]> {
  const { at, asOf, moment } = ask
  const shares = [...new Set(ask.pieces.flatMap((piece) => piece.shares))]
  const environment = environmentOf(ask)
  const seen = async () =>
    (await flowItems(base, { shares, environment, at, asOf, ...(created ? { created } : {}) })).map((one) => ({
      ...one,
      now: flowOf(one.item, at),
    }))
  const key = JSON.stringify([moment, at, asOf, environment, created, shares.map(({ ref }) => ref)])
  const items = await (moment === undefined ? seen() : kept.find(base.store, key, seen))
  const type = ask.where.type?.trim().toLowerCase()
  return items.filter(({ item }) => type === undefined || item.type?.toLowerCase() === type)
}

/**
 * When items have to be written down to say anything to a question; undefined where items of any time may, or where many
 * subjects are told apart and it has to be known of each whether it has items at all.
 */
function createdFor(question: FlowQuestion, { pieces }: CollectAsk): Window | undefined {
  if (question !== 'flow_time' || new Set(pieces.map(({ shares }) => shares)).size !== 1) return undefined
  return { from: Math.min(...pieces.map(({ window }) => window.from)), to: Math.max(...pieces.map(({ window }) => window.to)) }
}

async function collect(base: FlowBase, question: FlowQuestion, ask: CollectAsk): Promise<Collected[]> {
  const created = createdFor(question, ask)
  const written = await itemsFor(base, ask, created)
  // That nothing was written down in a window is not that nobody tells of items.
  const isSilent = created !== undefined && !written.some((one) => countsFor(one, ask.pieces[0]!.shares))
  const items = isSilent ? await itemsFor(base, ask) : written
  const own = new Map<readonly unknown[], (PlacedItem & SeenItem)[]>()
  return ask.pieces.map(({ shares, window }): Collected => {
    const here = own.get(shares) ?? items.filter((one) => countsFor(one, shares))
    own.set(shares, here)
    const counted = here.flatMap((one) => {
      const found = countItem(one, question, window, ask.at)
      return found ? [{ ...found, one }] : []
    })
    const excluded: Record<string, number> = {}
    for (const { excluded: code } of counted) if (code !== null) excluded[code] = (excluded[code] ?? 0) + 1
    const valued = counted.filter(({ value }) => value !== null)
    const told = new Set(valued.flatMap(({ one }) => [one.item.subject, ...one.places]))
    const withData = shares.filter(({ ref, subjects }) => [ref, ...subjects].some((subject) => told.has(subject))).length
    return collected(question, valued, { excluded, withData, ...(here.length === 0 ? { unknown: NO_ITEMS } : reasonFor(valued, excluded)) })
  })
}

function collected(
  question: FlowQuestion,
  valued: readonly CountedItem[],
  common: Pick<Collected, 'excluded' | 'withData' | 'unknown'>,
): Collected {
  if (question === 'unplanned')
    return { ...common, shape: 'share', hits: valued.filter(({ value }) => value === 1).length, of: valued.length }
  if (question === 'flow_time')
    return { ...common, shape: 'durations', durations: valued.map(({ value, ended }) => ({ seconds: value!, ended })) }
  return { ...common, shape: 'values', values: valued.map(({ value }) => value!) }
}

async function rows(
  base: FlowBase,
  question: FlowQuestion,
  unit: Unit,
  ask: CollectAsk & { limit: number; offset: number },
): Promise<Row[]> {
  const items = await itemsFor(base, ask, createdFor(question, ask))
  const found = ask.pieces.flatMap(({ shares, window }) =>
    items.flatMap((one) => (countsFor(one, shares) ? (countItem(one, question, window, ask.at) ?? []) : [])),
  )
  return found
    .sort((a, b) => b.time - a.time || (a.flow.item.node < b.flow.item.node ? -1 : 1))
    .slice(ask.offset, ask.offset + ask.limit)
    .map((one) => itemAsRow(one, question, unit))
}
