import { formatInstant, type Instant } from '../../core/index.ts'
import type { Evidence } from '../../ledger/index.ts'
import type { Parsed } from '../intake.ts'
import type { Taken } from '../slice.ts'
import type { LastEvent } from './connection.ts'

/** Records and problems that are named. */
const SHOWN = 5

/** What a record says, in a few words; of people nothing. */
function titleOf(record: Evidence): string | undefined {
  if ('title' in record && typeof record.title === 'string') return record.title
  if (record.kind === 'measurement') return `${record.measure}: ${record.value}`
  if (record.kind === 'sli') return `${record.indicator}: ${record.good} of ${record.total}`
  if (record.kind === 'deployment') return `${record.commit.slice(0, 12)} to ${record.environment}, ${record.outcome}`
  if (record.kind === 'product_event') return record.name
  return record.kind === 'event' ? record.type : undefined
}

/** What was told last, for those who wait for the first: how it was read, with its first records by name. */
export function lastEventOf(
  lines: readonly Parsed[],
  { problems }: Pick<Taken, 'problems'>,
  { at, event, ignored }: { at: Instant; event: string; ignored?: string | undefined },
): LastEvent {
  const records = lines.flatMap((line) => ('record' in line ? [line.record] : []))
  return {
    at: formatInstant(at),
    event,
    read: records.length,
    records: records.slice(0, SHOWN).map((record) => ({
      kind: record.kind,
      id: `${record.kind}:${record.source}/${record.id}`,
      subject: record.subject,
      title: titleOf(record),
    })),
    problems: problems.slice(0, SHOWN),
    ...(ignored ? { ignored } : {}),
  }
}
