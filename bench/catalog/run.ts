/**
 * The catalogue and work links at size: `node bench/catalog/run.ts [entities] [commits]` (10,000 and 25,000 unless said),
 * on an empty embedded store, or DATABASE_URL. Prints milliseconds; queries as median and slowest of 50.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCatalog, type EntityDraft, sharedKinds } from '../../src/ground/catalog/index.ts'
import { createIdentity } from '../../src/ground/identity/index.ts'
import { createLedger, type Evidence } from '../../src/ground/ledger/index.ts'
import { createMeasures } from '../../src/ground/measures/index.ts'
import { createMoments, openStore, sql } from '../../src/ground/store/index.ts'
import { installDelivery } from '../../src/houses/delivery/index.ts'
import { freshWorkLinks, unitsOf } from '../../src/houses/delivery/work-links/index.ts'
import { outcomeKind } from '../../src/houses/vision/intent/index.ts'

const entities = Number(process.argv[2] ?? 10_000)
const commits = Number(process.argv[3] ?? 25_000)
const by = 'user:default/bench'
const HOUR = 3_600_000
const START = Date.parse('2024-01-01T00:00:00Z')
const WORDS = [
  'checkout',
  'search',
  'dispatch',
  'billing',
  'returns',
  'tracking',
  'labels',
  'pickup',
  'tariffs',
  'insurance',
  'basket',
  'ranking',
  'routes',
  'invoices',
  'refunds',
  'maps',
  'printers',
  'lockers',
  'prices',
  'claims',
  'menu',
  'banner',
  'theme',
  'avatar',
  'tooltip',
  'footer',
  'locale',
  'currency',
  'session',
  'cookie',
  'export',
  'webhook',
  'console',
  'fixture',
  'schema',
  'broker',
  'cursor',
  'ledger',
  'barcode',
  'depot',
]
const folder = mkdtempSync(join(tmpdir(), 'throughline-bench-'))
const store = await openStore(process.env.DATABASE_URL ? { databaseUrl: process.env.DATABASE_URL } : { folder })
const identity = createIdentity({ store, clock: Date.now, secret: Buffer.alloc(32, 1) })
const moments = createMoments({ store, clock: Date.now })
const ledger = createLedger({ store, clock: Date.now, moments, pseudonym: identity.pseudonym })
const catalog = createCatalog({ store, clock: Date.now, moments })
const measures = createMeasures({ store, catalog, clock: Date.now, moments })
catalog.registerKind(outcomeKind)
// Of the ground only these four are asked.
installDelivery({ store, ledger, catalog, measures } as never)
console.log(
  `${entities.toLocaleString('en-GB')} entities, ${commits.toLocaleString('en-GB')} commits, ${store.mode} store, ${cpus().length} × ${cpus()[0]?.model}, Node ${process.versions.node}, ${sharedKinds.length} kinds`,
)

const drafts = manyEntities()
await timed('apply: all new', () => catalog.applyFolder('bench', drafts, { by }))
await timed('apply: nothing changed', () => catalog.applyFolder('bench', drafts, { by }))
await timed('apply: one in ten changed', () =>
  catalog.applyFolder(
    'bench',
    drafts.map((draft, index) => (index % 10 ? draft : { ...draft, metadata: { ...draft.metadata, description: 'Another text' } })),
    { by },
  ),
)
await store.query(sql`analyze`) // a job of the running server
await repeated('page of 100 components', () => catalog.list({ kind: 'component', limit: 100, offset: 500 }))
await repeated('search by two words', () => catalog.list({ text: 'comp 77', limit: 20 }))
await repeated('one entity with its relations', async () => [
  await catalog.get('component:default/component-77'),
  await catalog.relations('component:default/component-77'),
])
await repeated('trace a domain down, 3 steps', () => catalog.trace('domain:default/domain-0', 'down', 3), 10)
await repeated('shares of one component', () => catalog.shares('component:default/component-77'))
await repeated('shares of the namespace', () => catalog.shares('namespace:default'), 5)
await timed('export everything', () => catalog.export({}))
await timed('gaps', () => catalog.gaps({ namespace: 'default', at: Date.now() }))

for (let from = 0; from < commits; from += 2_000)
  await ledger.append(
    Array.from({ length: Math.min(2_000, commits - from) }, (_, index) => commitOf(from + index)),
    { by, basis: 'observed' },
  )
const grounds = { store, catalog, ledger }
await timed('work links: all commits', () => freshWorkLinks(grounds))
await store.query(sql`analyze`)
await repeated('work links: nothing new', () => freshWorkLinks(grounds))
await ledger.append([commitOf(commits + 1)], { by, basis: 'observed' })
await timed('work links: one more commit', () => freshWorkLinks(grounds))
await repeated(
  'a week of work',
  () => unitsOf(store, ['repository:default/mono'], { from: START + (commits - 400) * HOUR, to: START + commits * HOUR }, null),
  20,
)
await repeated('trace an outcome down, 4 steps', () => catalog.trace('outcome:default/topic-0', 'down', 4), 10)
await repeated('trace a commit up, 4 steps', () => catalog.trace(`commit:git/${shaOf(10)}`, 'up', 4), 10)
await repeated('first page of suggestions', () => catalog.suggestions({ limit: 50 }), 20)

await store.close()
rmSync(folder, { recursive: true, force: true })

async function timed(what: string, work: () => Promise<unknown>): Promise<void> {
  const started = performance.now()
  await work()
  console.log(`${what.padEnd(36)} ${(performance.now() - started).toFixed(0).padStart(8)} ms`)
}

async function repeated(what: string, work: () => Promise<unknown>, times = 50): Promise<void> {
  const took: number[] = []
  for (let time = 0; time < times; time += 1) {
    const started = performance.now()
    await work()
    took.push(performance.now() - started)
  }
  took.sort((a, b) => a - b)
  console.log(`${what.padEnd(36)} ${took[Math.floor(times / 2)]!.toFixed(1).padStart(8)} ms, slowest ${took.at(-1)!.toFixed(1)}`)
}

/** Groups, ten domains, systems, ten outcomes, one repository, and components that depend on their neighbours. */
function manyEntities(): EntityDraft[] {
  const backstage = (kind: string, name: string, spec: Record<string, unknown>, annotations?: Record<string, string>): EntityDraft => ({
    apiVersion: 'backstage.io/v1alpha1',
    kind,
    metadata: { name, description: 'One of very many', tags: ['java'], ...(annotations ? { annotations } : {}) },
    spec,
  })
  const share = Math.floor(entities / 20)
  const fixed = [
    ...Array.from({ length: share }, (_, index) => backstage('Group', `group-${index}`, { type: 'team', children: [] })),
    ...Array.from({ length: 10 }, (_, index) => backstage('Domain', `domain-${index}`, { owner: 'group-1' })),
    ...Array.from({ length: share }, (_, index) =>
      backstage('System', `system-${index}`, { owner: `group-${index}`, domain: `domain-${index % 10}` }),
    ),
    ...Array.from({ length: 10 }, (_, index): EntityDraft => ({
      apiVersion: 'throughline.dev/v1',
      kind: 'Outcome',
      metadata: { name: `topic-${index}`, title: `${WORDS[index]} without waiting` },
      spec: {
        statement: `Nobody waits for ${WORDS[index]} ${WORDS[index + 10]}.`,
        measure: 'delivery.change_lead_time',
        subject: `system:default/system-${index}`,
        owner: 'group-1',
      },
    })),
  ]
  const components = Array.from({ length: entities - fixed.length }, (_, index) =>
    backstage(
      'Component',
      `component-${index}`,
      {
        type: 'service',
        lifecycle: 'production',
        owner: `group-${index % share}`,
        system: `system-${index % share}`,
        ...(index > 0 ? { dependsOn: [`component:component-${index - 1}`] } : {}),
      },
      { 'throughline.dev/repository': 'repository:default/mono', 'throughline.dev/path': `services/${index}` },
    ),
  )
  return [...fixed, ...components]
}

function commitOf(n: number): Evidence {
  const at = new Date(START + n * HOUR).toISOString()
  const trailer = n % 20 === 10
  return {
    kind: 'commit',
    source: 'git',
    id: shaOf(n),
    subject: 'repository:default/mono',
    at,
    sha: shaOf(n),
    author: 'somebody@example.com',
    authoredAt: at,
    committedAt: at,
    parents: [shaOf(n - 1)],
    message: `Rework ${WORDS[n % 40]} of ${WORDS[(n * 7) % 40]}${trailer ? `\n\nServes: topic-${n % 10}` : ''}`,
    ...(trailer ? { trailers: { Serves: [`topic-${n % 10}`] } } : {}),
    additions: 10,
    deletions: 3,
    files: [[`services/${n % 900}/main.ts`, 10, 3]],
  }
}

function shaOf(n: number): string {
  return Math.max(0, n).toString(16).padStart(40, '0')
}
