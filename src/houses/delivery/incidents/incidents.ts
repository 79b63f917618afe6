import { randomBytes } from 'node:crypto'
import { type Caller, formatInstant, type Instant, type Ref, Refusal } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { Evidence } from '../../../ground/ledger/index.ts'
import { sql } from '../../../ground/store/index.ts'

/** The source of incidents declared here. */
const SOURCE = 'throughline'
const NAMED = `incident:${SOURCE}/`

type Context = Pick<Ground, 'ledger' | 'catalog' | 'store'> & { caller: Caller }

export interface IncidentWish {
  component: Ref
  title: string
  severity: string | null
  /** Now where left out. */
  openedAt: Instant | null
}

/** Whether it was declared here, so that it can be resolved here. */
export function isOurs(id: string): boolean {
  return id.startsWith(NAMED)
}

/** Notes that something is wrong with a component. */
export async function declareIncident({ component, title, severity, openedAt }: IncidentWish, context: Context): Promise<string> {
  const { ledger, caller } = context
  const now = await ledger.present()
  if (openedAt !== null && openedAt > now)
    throw new Refusal('incident.to_come', 'An incident that begins later is none yet.', {
      path: 'openedAt',
      fix: 'Give a moment that has passed.',
    })
  await known(component, context)
  const opened = formatInstant(openedAt ?? now)
  const id = `${opened.slice(0, 10)}-${randomBytes(4).toString('hex')}`
  const record = {
    kind: 'incident',
    source: SOURCE,
    id,
    subject: component,
    at: opened,
    basis: 'explicit',
    title,
    openedAt: opened,
    ...(severity ? { severity } : {}),
  }
  await ledger.append([Evidence.parse(record)], { by: caller.person })
  return `${NAMED}${id}`
}

/** Notes that users are well again, or that they are not after all. */
export async function resolveIncident(name: string, resolved: boolean, context: Context): Promise<void> {
  const { ledger, caller } = context
  const { id, subject, title, openedAt } = await declared(name, context)
  const now = formatInstant(await ledger.present())
  const record = {
    kind: 'incident',
    source: SOURCE,
    id,
    subject,
    at: now,
    basis: 'explicit',
    title,
    openedAt: formatInstant(openedAt),
    ...(resolved ? { resolvedAt: now } : { none: ['resolvedAt'] }),
  }
  await ledger.append([Evidence.parse(record)], { by: caller.person })
}

/** Takes back that there was an incident at all, or says so again. */
export async function withdrawIncident(name: string, withdrawn: boolean, context: Context): Promise<void> {
  const { ledger, caller } = context
  const { id, subject } = await declared(name, context)
  await ledger.retract({ source: SOURCE, id, subject }, { by: caller.person, at: ledger.now(), undo: !withdrawn })
}

/** A name nobody knows is most likely a slip: the incident would hold nothing. */
async function known(component: Ref, { catalog, store }: Context): Promise<void> {
  if (await catalog.get(component)) return
  const [told] = await store.query(sql`select 1 as one from evidence_subject where subject = ${component} limit 1`)
  if (!told)
    throw new Refusal('incident.unknown_component', `Nobody declares ${component}, and no record tells of it.`, {
      path: 'component',
      fix: 'Check the name: "throughline export --kind Component" lists those that are declared.',
    })
}

async function declared(name: string, { store }: Context): Promise<{ id: string; subject: Ref; title: string; openedAt: Instant }> {
  if (!isOurs(name))
    throw new Refusal('incident.elsewhere', `${name.slice(0, 200)} is kept by another system.`, {
      path: 'id',
      fix: 'Resolve it there; it is read from there.',
    })
  const [row] = await store.query<{ id: string; subject: Ref; title: string; openedAt: Instant }>(sql`
    select id, subject, title, opened_at as "openedAt" from evidence_incident
    where source = ${SOURCE} and id = ${name.slice(NAMED.length)} and learned_to = 'infinity'`)
  if (!row)
    throw new Refusal('incident.unknown', `Nobody declared ${name.slice(0, 200)}.`, {
      status: 404,
      path: 'id',
      fix: '"throughline incident list" lists those that are open.',
    })
  return row
}
