/**
 * The decision log at size: `node bench/decisions/run.ts [records]` (20,000 unless said), of about 3 kB each in 200
 * repositories, on an empty embedded store, or DATABASE_URL. Prints milliseconds; searches as median and slowest of 50.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import type * as z from 'zod'
import { createCatalog, type EntityDraft } from '../../src/ground/catalog/index.ts'
import { createMeasures } from '../../src/ground/measures/index.ts'
import { createMoments, openStore } from '../../src/ground/store/index.ts'
import { randomOf } from '../../src/ground/measures/index.ts'
import { communicationOperations } from '../../src/houses/communication/index.ts'

const records = Number(process.argv[2] ?? 20_000)
const by = 'user:default/bench'
const random = randomOf('decisions')
const WORDS = Array.from({ length: 4_000 }, () =>
  Array.from({ length: 3 + random.below(7) }, () => String.fromCharCode(97 + random.below(26))).join(''),
)
const word = () => WORDS[Math.floor(WORDS.length * random.next() ** 3)]! // few words are common, most are rare
const text = (count: number) => Array.from({ length: count }, word).join(' ')
const STATUSES = ['accepted', 'accepted', 'accepted', 'proposed', 'superseded', 'rejected']

const folder = mkdtempSync(join(tmpdir(), 'throughline-bench-'))
const store = await openStore(process.env.DATABASE_URL ? { databaseUrl: process.env.DATABASE_URL } : { folder })
const moments = createMoments({ store, clock: Date.now })
const catalog = createCatalog({ store, clock: Date.now, moments })
const measures = createMeasures({ store, catalog, clock: Date.now, moments })
console.log(
  `${records.toLocaleString('en-GB')} records, ${store.mode} store, ${cpus().length} × ${cpus()[0]?.model}, Node ${process.versions.node}`,
)

const REPOSITORIES = 200
for (let repository = 0; repository < REPOSITORIES; repository++) {
  const drafts = Array.from({ length: records / REPOSITORIES }, (_, index) => decision(repository, index))
  const started = performance.now()
  await catalog.applyFolder(`bench/${repository}`, drafts, { by })
  if (repository === REPOSITORIES - 1)
    console.log(`apply: the last repository of ${drafts.length}  ${Math.round(performance.now() - started)} ms`)
}
await once('first search: everything is read once', {})
for (const [name, ask] of Object.entries({
  'newest 200, no filter': {},
  'one rare word of the body': { text: WORDS.at(-7)! },
  'two words, one common': { text: `${WORDS[3]} ${WORDS.at(-40)}` },
  'the commonest word': { text: WORDS[0]! },
  'status, component and days': { status: 'accepted', component: 'component:default/c7', from: '2024-01-01', to: '2025-01-01' },
  'an outcome': { outcome: 'outcome:default/o3' },
  'a principle and a word': { principle: 'principle:default/p2', text: WORDS[20]! },
  'one repository': { log: 'r17' },
  overdue: { overdue: 'true' },
}))
  await many(name, ask)
await catalog.applyFolder(
  'bench/0',
  Array.from({ length: records / REPOSITORIES }, (_, index) => decision(0, index)),
  { by },
)
await once('first search after 100 records changed', {})
await store.close()
rmSync(folder, { recursive: true, force: true })

function decision(repository: number, index: number): EntityDraft {
  const refs = (kind: string, letter: string, of: number) => [`${kind}:default/${letter}${random.below(of)}`]
  const title = text(5)
  return {
    apiVersion: 'throughline.dev/v1',
    kind: 'Decision',
    metadata: { name: `${String(index).padStart(4, '0')}-${title.replaceAll(' ', '-').slice(0, 50)}x`, namespace: `r${repository}`, title },
    spec: {
      number: index,
      status: STATUSES[random.below(STATUSES.length)],
      date: new Date(Date.parse('2020-01-01') + random.below(2_300) * 86_400_000).toISOString().slice(0, 10),
      serves: refs('outcome', 'o', 20),
      supports: refs('principle', 'p', 7),
      affects: refs('component', 'c', 400),
      ...(random.below(4) === 0 ? { revisitBy: '2025-06-01' } : {}),
      ...(index > 0 && random.below(10) === 0 ? { supersedes: [`decision:r${repository}/gone-${index - 1}`] } : {}),
      context: text(60),
      body: text(400),
    },
  }
}

async function search(ask: Record<string, unknown>): Promise<{ ms: number; total: number }> {
  const operation: { input: z.ZodType; run: (ask: never, context: never) => Promise<unknown> } = communicationOperations.find(
    ({ id }) => id === 'decisions',
  )!
  const started = performance.now()
  const found = (await operation.run(
    operation.input.parse({ scope: 'default', ...ask }) as never,
    { store, catalog, measures, clock: Date.now } as never,
  )) as { total: number }
  return { ms: performance.now() - started, total: found.total }
}

async function once(name: string, ask: Record<string, unknown>): Promise<void> {
  const { ms, total } = await search(ask)
  console.log(`${name}  ${ms.toFixed(0)} ms  (${total.toLocaleString('en-GB')} found)`)
}

async function many(name: string, ask: Record<string, unknown>): Promise<void> {
  const runs = []
  for (let run = 0; run < 50; run++) runs.push(await search(ask))
  const times = runs.map(({ ms }) => ms).sort((a, b) => a - b)
  console.log(`${name}  ${times[25]!.toFixed(1)} / ${times.at(-1)!.toFixed(1)} ms  (${runs[0]!.total.toLocaleString('en-GB')} found)`)
}
