import type { NewRecord } from '../../../sources/files/index.ts'
import type { ExitCode } from '../command.ts'
import type { Connection } from '../connect.ts'
import { answer } from '../terminal.ts'

/** Writes a decision into the store, under the next number of its namespace. */
export async function writeNewDecision(
  { client }: Connection,
  wish: Omit<NewRecord, 'number'> & { number?: number },
  { scope, json }: { scope: string; json: boolean },
): Promise<ExitCode> {
  const { nextNumber } = await client.ask('decisions', { scope, log: scope, limit: '1' })
  const { title, ...said } = wish
  const number = wish.number ?? nextNumber
  const spec = Object.fromEntries(Object.entries({ ...said, number }).filter(([, value]) => !(Array.isArray(value) && value.length === 0)))
  const { entity } = await client.ask('entity.write', {
    apiVersion: 'throughline.dev/v1',
    kind: 'Decision',
    metadata: { name: `${String(number).padStart(4, '0')}-${slug(title)}`, namespace: scope, title },
    spec,
    expectedVersion: 0,
  })
  answer(json, { ref: entity.ref, number, version: entity.version }, () => `Wrote ${entity.ref}.`)
  return 0
}

function slug(title: string): string {
  return title
    .normalize('NFKD')
    .replaceAll(/[\u0300-\u036F]/g, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 57)
    .replaceAll(/^-+|-+$/g, '')
}
