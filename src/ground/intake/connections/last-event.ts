import { formatInstant, type Instant } from '../../core/index.ts'
import type { Parsed } from '../intake.ts'
import type { Taken } from '../slice.ts'
import type { LastEvent } from './connection.ts'

/** Records and problems that are named. */
const SHOWN = 5

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
      ...('title' in record && typeof record.title === 'string' ? { title: record.title } : {}),
    })),
    problems: problems.slice(0, SHOWN),
    ...(ignored ? { ignored } : {}),
  }
}
