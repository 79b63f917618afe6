import type { Hono } from 'hono'
import { dataFolder, localKeyFrom, secretOf } from './doors/data-folder.ts'
import { operations } from './doors/http/api.ts'
import { createApp } from './doors/http/app.ts'
import type { DoorEnv } from './doors/http/caller.ts'
import { KeptAnswers } from './doors/http/kept.ts'
import { againBy } from './doors/tables/kept.ts'
import { VERSION } from './doors/version.ts'
import { createCatalog } from './ground/catalog/index.ts'
import type { Clock } from './ground/core/index.ts'
import { createIdentity } from './ground/identity/index.ts'
import type { Ground } from './ground/index.ts'
import { allowedAddresses, createIntake } from './ground/intake/index.ts'
import { createLedger } from './ground/ledger/index.ts'
import { createMeasures } from './ground/measures/index.ts'
import { installPeople } from './ground/people/index.ts'
import { alertmanager, grafana } from './sources/alertmanager/index.ts'
import { argocd } from './sources/argocd/index.ts'
import { bitbucket, bitbucketDataCenter } from './sources/bitbucket/index.ts'
import { github } from './sources/github/index.ts'
import { gitlab } from './sources/gitlab/index.ts'
import { jenkins } from './sources/jenkins/index.ts'
import { jira, jiraDataCenter } from './sources/jira/index.ts'
import { linear } from './sources/linear/index.ts'
import { opsgenie } from './sources/opsgenie/index.ts'
import { pagerduty } from './sources/pagerduty/index.ts'
import { prometheus } from './sources/prometheus/index.ts'
import { segment } from './sources/segment/index.ts'
import { sql } from './sources/sql/index.ts'
import { createMoments, openStore, type StoreOptions } from './ground/store/index.ts'
import { cloudevents, FORMATS } from './sources/ndjson/index.ts'
import { TABLE_FORMAT } from './sources/tables/index.ts'
import { installBusiness } from './houses/business/index.ts'
import { installCommunication } from './houses/communication/index.ts'
import { installCost } from './houses/cost/index.ts'
import { installDelivery } from './houses/delivery/index.ts'
import { installExperiments } from './houses/experiments/index.ts'
import { installGovernance } from './houses/governance/index.ts'
import { installInvestments } from './houses/investments/index.ts'
import { installPlatform } from './houses/platform/index.ts'
import { installReliability } from './houses/reliability/index.ts'
import { installVision } from './houses/vision/index.ts'

/** Systems that can be connected. */
const SOURCES = [
  alertmanager,
  argocd,
  bitbucket,
  bitbucketDataCenter,
  cloudevents,
  github,
  gitlab,
  grafana,
  jenkins,
  jira,
  jiraDataCenter,
  linear,
  opsgenie,
  pagerduty,
  prometheus,
  segment,
  sql,
]

/** The composition root: the only place that wires. One line a house. */
function install(ground: Ground): void {
  installDelivery(ground)
  installPlatform(ground)
  installCost(ground)
  installBusiness(ground)
  installExperiments(ground)
  installReliability(ground)
  installVision(ground)
  installInvestments(ground)
  installGovernance(ground)
  installCommunication(ground)
}

/** An open store with everything on it, and the HTTP door in process. */
export interface Throughline {
  ground: Ground
  app: Hono<DoorEnv>
  /** Lets whoever can read the data folder in, also when tokens exist. */
  localKey: string
  /** Makes answers anew that people ask for again and again. */
  warm(): Promise<void>
  close(): Promise<void>
}

export interface OpenOptions {
  store?: StoreOptions
  clock?: Clock
  secret?: Buffer
  health?: Parameters<typeof createApp>[0]['health']
  webFolder?: string
  stopping?: AbortSignal
  onError?: Parameters<typeof createApp>[0]['onError']
}

export async function openThroughline(options: OpenOptions = {}): Promise<Throughline> {
  const store = await openStore(options.store ?? storeOptions())
  try {
    return await standOn(store, options)
  } catch (error) {
    await store.close()
    throw error
  }
}

async function standOn(store: Ground['store'], options: OpenOptions): Promise<Throughline> {
  const secret = options.secret ?? secretOf(dataFolder())
  const ground = groundOn(store, options.clock ?? Date.now, secret)
  await ground.ledger.catchUp()
  const localKey = localKeyFrom(secret)
  const health = options.health ?? { loading: () => null, store: () => store.health() }
  const kept = new KeptAnswers(store, ground.clock)
  const app = createApp({
    ground,
    operations,
    kept,
    localKey,
    version: VERSION,
    allowedHosts: (process.env.ALLOWED_HOSTS ?? '').split(',').filter(Boolean),
    health,
    ...(options.webFolder ? { webFolder: options.webFolder } : {}),
    ...(options.stopping ? { stopping: options.stopping } : {}),
    ...(options.onError ? { onError: options.onError } : {}),
  })
  return { ground, app, localKey, warm: () => kept.warm(), close: () => store.close() }
}

/** Everything that stands on a store, wired. */
export function groundOn(store: Ground['store'], clock: Clock, secret: Buffer): Ground {
  const moments = createMoments({ store, clock })
  const identity = createIdentity({ store, clock, secret, moments })
  const ledger = createLedger({ store, clock, moments, pseudonym: (person) => identity.pseudonym(person), people: identity.people })
  const catalog = createCatalog({ store, clock, moments, erased: identity.people.erased })
  const intake = createIntake({
    store,
    ledger,
    identity,
    clock,
    outgoing: { allowed: allowedAddresses(process.env.ALLOW_PRIVATE_ADDRESSES), userAgent: `Throughline/${VERSION}` },
  })
  const measures = createMeasures({ store, catalog, clock: moments.now, moments })
  const ground: Ground = { store, catalog, ledger, identity, intake, measures, clock: ledger.now }
  for (const format of FORMATS) intake.registerFormat(format.name, format.parse)
  intake.registerFormat(TABLE_FORMAT, againBy(intake))
  for (const source of SOURCES) intake.registerSource(source)
  installPeople(ground)
  install(ground)
  return ground
}

/** The registered kinds alone, for checking files where no store is open. */
export function kindsOnly(): Pick<Ground['catalog'], 'checkDraft' | 'kinds'> {
  const closed = new Proxy(
    {},
    { get: (_, name) => () => Promise.reject(new Error(`no store is open (${String(name)})`)) },
  ) as Ground['store']
  return groundOn(closed, Date.now, Buffer.alloc(32)).catalog
}

export function storeOptions(address?: string): StoreOptions {
  const databaseUrl = process.env.DATABASE_URL
  return { ...(databaseUrl ? { databaseUrl } : { folder: dataFolder() }), ...(address ? { address } : {}) }
}

/** Serves until told to stop. */
export async function serve(wish: { example?: boolean; empty?: boolean } = {}): Promise<void> {
  const { serveHttp } = await import('./doors/serve.ts')
  await serveHttp(openThroughline, storeOptions, wish)
}
