import { formatInstant, type Row, type Unit } from '../../../ground/core/index.ts'
import type { CountedItem, FlowQuestion } from '../assess/index.ts'

/** A work item as a row that explains itself: its stages as parts, its changes and deployments as links. */
export function itemAsRow({ flow, time, value, ended, excluded }: CountedItem, question: FlowQuestion, unit: Unit): Row {
  const { item } = flow
  return {
    id: item.id,
    subject: item.subject,
    value,
    unit,
    at: formatInstant(time),
    title: item.title,
    ...(item.url ? { url: item.url } : {}),
    parts: question === 'unplanned' ? {} : { ...flow.parts },
    links: [
      ...flow.changes.map(({ id, subject }) => ({ to: id, of: subject, type: 'implementedBy', method: 'named', confidence: 1 })),
      ...deploymentsOf(flow.changes),
    ],
    flags: [...flow.flags, ...(ended ? [] : ['still_open']), ...(flow.stage === null || ended ? [] : [`in:${flow.stage}`])],
    ...(excluded === null ? {} : { excluded }),
  }
}

function deploymentsOf(changes: CountedItem['flow']['changes']): Row['links'] {
  const seen = new Map(changes.flatMap(({ deployment, subject }) => (deployment === null ? [] : [[deployment, subject] as const])))
  return [...seen].map(([to, of]) => ({ to, of, type: 'containedIn', method: 'named', confidence: 1 }))
}
