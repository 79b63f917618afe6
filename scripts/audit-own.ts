/**
 * Counts on a server that reads this repository what our own principles promise, and sends it there as two measurements
 * (throughline/measures.yaml). Asks the server the command line would ask: THROUGHLINE_URL, else that of the data folder.
 */
import { connect } from '../src/doors/cli/connect.ts'

const AUDIENCES = ['executive', 'product', 'engineering'] as const
/** Local part and domain; example.org and its like are nobody's. */
const ADDRESS = /[\w.+-]+@(?!(?:[\w-]+\.)*example\.(?:org|com|net)\b)[\w-]+(?:\.[\w-]+)+/g

const { client, close } = await connect()
try {
  const briefs = await Promise.all(AUDIENCES.map((audience) => client.call('brief', { audience })))
  const grounds = briefs.flatMap(({ claims }) => claims).map(({ because }) => because)
  const bare = grounds.filter((each) => each.length === 0 || each.some((one) => 'reading' in one && isUntold(one.reading)))
  const told = [briefs, await client.call('catalog.export', {}), await client.call('story', {})]
  const addresses = new Set(JSON.stringify(told).match(ADDRESS) ?? [])

  const at = new Date().toISOString()
  const counts = { 'own.sentences_without_grounds': bare.length, 'own.addresses_told': addresses.size }
  const records = Object.entries(counts).map(([measure, value]) => ({
    kind: 'measurement',
    source: 'own-audit',
    id: `${measure}/${at}`,
    subject: 'component:default/throughline',
    at,
    measure,
    value,
  }))
  const sent = await client.fetch('/api/evidence', {
    method: 'POST',
    headers: { 'content-type': 'application/x-ndjson' },
    body: records.map((record) => JSON.stringify(record)).join('\n'),
  })
  process.stdout.write(`${JSON.stringify(counts)} of ${grounds.length} sentences; sent: ${sent.status}\n`)
  if (bare.length + addresses.size > 0 || !sent.ok) process.exitCode = 1
} finally {
  await close()
}

function isUntold({ value, unknown }: { value: number | null; unknown?: { why: string } | undefined }): boolean {
  return value === null && !unknown?.why
}
