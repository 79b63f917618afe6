import type { Connection } from '../connections/connection.ts'
import type { Payload, SourceDefinition } from '../connections/source.ts'
import type { Parsed } from '../intake.ts'

/** Records in a payload that was pulled; one that cannot be read is kept whole, and read again the same way. */
export function readPulled({ pull, push, kind }: SourceDefinition, { id, settings }: Connection, payload: Payload): Parsed[] {
  const read = pull?.read ?? push?.read
  if (!read) throw new Error(`The source ${kind} does not say how to read what it pulls`)
  const rawOf = (part: string) =>
    JSON.stringify({ connection: id, pulled: true, ...payload, ...(part === '' ? {} : (JSON.parse(part) as object)) })
  return read(payload, settings).lines.map((line) =>
    'record' in line ? line : { reject: { ...line.reject, raw: rawOf(line.reject.raw) } },
  )
}
