import { Refusal } from '../../../ground/core/index.ts'
import type { NewRecord } from '../../../sources/files/index.ts'
import { DECISION_STATUSES } from '../../../ground/catalog/index.ts'
import type { DecisionArgs } from './arguments.ts'

/** What `decision new` is told, as a record: options, and a matrix of them by criteria nobody has judged yet. */
export function wishOf(given: DecisionArgs): Omit<NewRecord, 'number'> & { number?: number } {
  const title = given.what?.trim()
  if (!title)
    throw new Refusal('cli.missing', '"decision new" has to be told a title.', {
      fix: 'Write throughline decision new "Split the order service" --dir docs/decisions',
    })
  const titles = parts(given.options, ';')
  const status = DECISION_STATUSES.find((word) => word === (given.status ?? 'proposed'))
  if (!status)
    throw new Refusal('cli.bad_status', `"${given.status}" is no status of a decision.`, {
      fix: `Use one of ${DECISION_STATUSES.join(', ')}.`,
      path: 'status',
    })
  if (given.number !== undefined && !/^\d{1,6}$/.test(given.number))
    throw new Refusal('cli.bad_number', `"${given.number}" is no number of a record.`, {
      fix: 'Write a whole number, or leave it out.',
      path: 'number',
    })
  const [deciders, serves, supports, affects] = [given.deciders, given.serves, given.supports, given.affects].map((text) =>
    parts(text, ','),
  )
  return {
    title,
    status,
    date: new Date().toISOString().slice(0, 10),
    ...(given.number === undefined ? {} : { number: Number(given.number) }),
    ...(given.context ? { context: given.context } : {}),
    deciders: deciders!,
    serves: serves!,
    supports: supports!,
    affects: affects!,
    options: titles.map((one) => ({ title: one })),
    tradeOffs: parts(given.criteria, ';').map((criterion) => ({
      criterion,
      ...(criterion.startsWith('outcome:') ? { outcome: criterion } : {}),
      options: titles.map((option) => ({ option, effect: 'unknown' as const })),
    })),
  }
}

function parts(text: string | undefined, by: string): string[] {
  return (text ?? '').split(by).flatMap((part) => part.trim() || [])
}
