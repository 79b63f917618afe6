import { randomBytes } from 'node:crypto'
import { AUDIENCES } from '../../../ground/catalog/index.ts'
import { type Instant, type Ref, refName, Refusal } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { instant, sql } from '../../../ground/store/index.ts'

export const DESTINATION_KINDS = ['webhook', 'slack', 'email'] as const
export type DestinationKind = (typeof DESTINATION_KINDS)[number]

/** Whose changes of level a target hears of: those that matter to one audience, or all that matter to somebody. */
export const CHANGES_OF = [...AUDIENCES, 'all'] as const
export type ChangesOf = (typeof CHANGES_OF)[number]

/** Where a notification target is reached. */
export interface Destination {
  target: Ref
  kind: DestinationKind
  /** As much of the address as anybody may see: a Slack address is a secret as a whole. */
  shown: string
  /** Hears of promises of its namespace that name no policy. */
  standard: boolean
  /** Hears of changes of level in its namespace; null: of none. */
  changes: ChangesOf | null
  createdAt: Instant
  createdBy: Ref
  pausedAt: Instant | null
}

/** What is sealed: the address, and the secret a webhook is signed with. */
interface Reach {
  address: string
  secret?: string
}

type Context = Pick<Ground, 'store' | 'identity' | 'catalog' | 'clock'>

interface Row {
  target: Ref
  kind: DestinationKind
  shown: string
  standard: boolean
  changes: ChangesOf | null
  created_at: Instant
  created_by: Ref
  paused_at: Instant | null
}
const COLUMNS = sql`target, kind, shown, standard, changes, created_at, created_by, paused_at`

export async function destinations({ store }: Pick<Context, 'store'>): Promise<Destination[]> {
  return (await store.query<Row>(sql`select ${COLUMNS} from alert_destination order by target`)).map(viewOf)
}

/**
 * Says where a target is reached; a target that no document declares is declared. A webhook is given a secret of its own, which
 * is told this once; it stays when only the address changes.
 */
export async function setDestination(
  wish: { target: Ref; kind: DestinationKind; address: string; standard: boolean; changes?: ChangesOf | null | undefined },
  by: Ref,
  context: Context,
): Promise<{ destination: Destination; secret: string | null }> {
  const { store, identity, catalog, clock } = context
  const address = checkedAddress(wish)
  if (!(await catalog.get(wish.target))) await catalog.write(documentOf(wish), { by })
  const before = await reachOf(wish.target, context)
  const isNew = wish.kind === 'webhook' && !before?.reach.secret
  const secret = wish.kind === 'webhook' ? (before?.reach.secret ?? `whsec_${randomBytes(32).toString('base64')}`) : undefined
  const reach: Reach = { address, ...(secret ? { secret } : {}) }
  const [row] = await store.query<Row>(sql`
    insert into alert_destination as d (target, kind, shown, sealed, standard, changes, created_at, created_by)
    values (${wish.target}, ${wish.kind}, ${shownOf(wish.kind, address)}, ${identity.seal(JSON.stringify(reach))}, ${wish.standard}, ${wish.changes ?? null}, ${instant(clock())}, ${by})
    on conflict (target) do update set kind = excluded.kind, shown = excluded.shown, sealed = excluded.sealed, standard = excluded.standard,
      changes = ${wish.changes === undefined ? sql`d.changes` : sql`excluded.changes`}, paused_at = null
    returning ${COLUMNS}`)
  return { destination: viewOf(row!), secret: isNew ? secret! : null }
}

/** Says of whose changes of level a target hears. */
export async function setChanges(target: Ref, changes: ChangesOf | null, { store }: Pick<Context, 'store'>): Promise<Destination> {
  const [row] = await store.query<Row>(sql`update alert_destination set changes = ${changes} where target = ${target} returning ${COLUMNS}`)
  if (!row) throw noSuchDestination(target)
  return viewOf(row)
}

export async function pauseDestination(
  target: Ref,
  paused: boolean,
  { store, clock }: Pick<Context, 'store' | 'clock'>,
): Promise<Destination> {
  const [row] = await store.query<Row>(
    sql`update alert_destination set paused_at = ${instant(paused ? clock() : null)} where target = ${target} returning ${COLUMNS}`,
  )
  if (!row) throw noSuchDestination(target)
  return viewOf(row)
}

/** Forgets the address; the document of the target stays. */
export async function removeDestination(target: Ref, { store }: Pick<Context, 'store'>): Promise<void> {
  const rows = await store.query(sql`delete from alert_destination where target = ${target} returning target`)
  if (rows.length === 0) throw noSuchDestination(target)
}

/** Address and secret, unsealed; null where nobody said where the target is reached, or it is paused. */
export async function reachOf(
  target: Ref,
  { store, identity }: Pick<Context, 'store' | 'identity'>,
): Promise<{ kind: DestinationKind; reach: Reach; paused: boolean } | null> {
  const [row] = await store.query<{ kind: DestinationKind; sealed: Uint8Array; paused_at: Instant | null }>(
    sql`select kind, sealed, paused_at from alert_destination where target = ${target}`,
  )
  if (!row) return null
  const reach = JSON.parse(identity.unseal(Buffer.from(row.sealed))) as Reach // written above
  return { kind: row.kind, reach, paused: row.paused_at !== null }
}

function documentOf({ target, kind }: { target: Ref; kind: DestinationKind }) {
  const [, namespace = 'default', name = ''] = /^[^:]+:([^/]+)\/(.+)$/.exec(target) ?? []
  const metadata = { name, ...(namespace === 'default' ? {} : { annotations: { 'throughline.dev/namespace': namespace } }) }
  return { apiVersion: 'openslo/v1', kind: 'AlertNotificationTarget', metadata, spec: { target: kind } }
}

function checkedAddress({ kind, address: text }: { kind: DestinationKind; address: string }): string {
  const address = text.trim()
  if (kind === 'email') {
    if (!/^[^\s@<>,;"]+@[^\s@<>,;"]+$/.test(address)) throw badAddress(address, 'one e-mail address, for example on-call@example.org')
    return address
  }
  const url = URL.parse(address)
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password)
    throw badAddress(url ? url.origin : address, 'an address such as https://example.org/alerts, without a user name in it')
  return address
}

function badAddress(given: string, what: string): Refusal {
  return new Refusal('alerts.bad_address', `"${given.slice(0, 100)}" is not ${what}.`, { path: 'address', fix: `Write ${what}.` })
}

function shownOf(kind: DestinationKind, address: string): string {
  if (kind === 'email') return address
  const { origin, pathname } = new URL(address)
  return kind === 'slack' ? origin : `${origin}${pathname}`
}

function noSuchDestination(target: Ref): Refusal {
  return new Refusal('alerts.no_destination', `Nobody said where ${target} is reached.`, {
    status: 404,
    fix: `Set an address on the page of alerts, or with throughline alerts target ${refName(target)} --kind <webhook, slack or email> --address <where>.`,
  })
}

function viewOf({ created_at: createdAt, created_by: createdBy, paused_at: pausedAt, ...same }: Row): Destination {
  return { ...same, createdAt, createdBy, pausedAt }
}
