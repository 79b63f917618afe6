import { createHash } from 'node:crypto'
import { entityAt, type EntityDraft } from '../../../ground/catalog/index.ts'
import {
  type Caller,
  DAY,
  formatDay,
  formatInstant,
  type Instant,
  type Ref,
  refName,
  refNamespace,
  Refusal,
  type Window,
} from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { sql, type Store } from '../../../ground/store/index.ts'

/** An override as its decision record states it. */
export interface DeclaredOverride {
  decision: Ref
  title: string
  component: Ref
  environment: string
  /** Only this commit; any where null. */
  commit: string | null
  reason: string
  by: Ref
  told: readonly string[]
  from: Instant
  until: Instant
  /** When it was taken back; null while it was not. */
  withdrawnAt: Instant | null
}

const OF = 'throughline.dev/gate-override'
const ENVIRONMENT = 'throughline.dev/gate-environment'
const COMMIT = 'throughline.dev/gate-commit'
const FROM = 'throughline.dev/gate-from'
const UNTIL = 'throughline.dev/gate-until'
const WITHDRAWN = 'throughline.dev/gate-withdrawn'
const BY = 'throughline.dev/gate-by'

/** An override is for now; what lasts longer is an exception, which somebody approves. */
const LONGEST = 14 * DAY

/** All overrides that were known at a moment (now where left out), those that ended too; newest first. */
export async function overridesKnown(asOf: Instant | undefined, store: Store): Promise<DeclaredOverride[]> {
  const rows = await store.query<{
    ref: Ref
    title: string | null
    annotations: Record<string, string>
    outcome: string | null
    informed: string[] | null
  }>(sql`
    select ref, title, doc -> 'metadata' -> 'annotations' as annotations, doc -> 'spec' ->> 'outcome' as outcome, doc -> 'spec' -> 'informed' as informed
    from ${entityAt(asOf)} where kind = 'decision' and doc -> 'metadata' -> 'annotations' ->> ${OF} is not null order by ref desc`)
  return rows
    .map(({ ref, title, annotations, outcome, informed }): DeclaredOverride => ({
      decision: ref,
      title: title ?? refName(ref),
      component: annotations[OF]!,
      environment: annotations[ENVIRONMENT] ?? 'production',
      commit: annotations[COMMIT] ?? null,
      reason: outcome ?? '',
      by: annotations[BY] ?? 'user:default/unknown',
      told: informed ?? [],
      from: Date.parse(annotations[FROM] ?? ''),
      until: Date.parse(annotations[UNTIL] ?? ''),
      withdrawnAt: annotations[WITHDRAWN] ? Date.parse(annotations[WITHDRAWN]) : null,
    }))
    .filter(({ from, until }) => !Number.isNaN(from) && !Number.isNaN(until)) // somebody edited the record into something else
    .sort((a, b) => b.from - a.from || (a.decision < b.decision ? 1 : -1))
}

/** Overrides of a namespace that were in force at any moment of a span, newest first. */
export async function overridesIn(
  scope: string,
  window: Window,
  asOf: Instant,
  { store }: Pick<Ground, 'store'>,
): Promise<DeclaredOverride[]> {
  const all = await overridesKnown(asOf, store)
  return all.filter(
    ({ component, from, until, withdrawnAt }) =>
      refNamespace(component) === scope && from < window.to && Math.min(until, withdrawnAt ?? Infinity) > window.from,
  )
}

/** The override that lets a release pass at a moment: the one that ends last. */
export function overrideFor(
  overrides: readonly DeclaredOverride[],
  { component, environment, commit, at }: { component: Ref; environment: string; commit: string | null; at: Instant },
): DeclaredOverride | null {
  const fitting = overrides.filter(
    (one) => one.component === component && one.environment === environment && isInForce(one, at) && isFor(one.commit, commit),
  )
  return fitting.toSorted((a, b) => b.until - a.until || (a.decision < b.decision ? -1 : 1))[0] ?? null
}

/** Whether an override is in force at a moment. */
export function isInForce({ from, until, withdrawnAt }: DeclaredOverride, at: Instant): boolean {
  return from <= at && at < until && (withdrawnAt === null || withdrawnAt > at)
}

function isFor(wanted: string | null, commit: string | null): boolean {
  return wanted === null || (commit !== null && (commit.startsWith(wanted) || wanted.startsWith(commit)))
}

export interface OverrideWish {
  component: Ref
  environment: string
  commit: string | null
  reason: string
  until: Instant
  told: readonly string[]
}

type Context = Pick<Ground, 'catalog' | 'ledger'> & { caller: Caller }

/** Lets releases of a component pass until a moment: writes the decision record that says so. */
export async function writeOverride(wish: OverrideWish, { catalog, ledger, caller }: Context): Promise<Ref> {
  const now = await ledger.present()
  if (wish.until <= now)
    throw new Refusal('gate.override_over', `The override would end on ${formatInstant(wish.until)}, which is over.`, {
      fix: 'Give an end that is still to come, for example a few hours from now.',
      path: 'until',
    })
  if (wish.until - now > LONGEST)
    throw new Refusal('gate.override_too_long', 'An override is for now: it ends within 14 days.', {
      fix: 'Choose an earlier end; what has to last longer is an Exception from the policy, which somebody approves.',
      path: 'until',
    })
  const { ref } = await catalog.write(overrideDraft(wish, { by: caller.person, from: now }), { by: caller.person })
  return ref
}

/** The decision record of an override. */
export function overrideDraft(wish: OverrideWish, { by, from }: { by: Ref; from: Instant }): EntityDraft {
  const stamp = formatInstant(from).replace(/\D/g, '').slice(0, 14)
  const hash = createHash('sha256').update(`${wish.component} ${wish.environment} ${from} ${by}`).digest('hex').slice(0, 6)
  return {
    apiVersion: 'throughline.dev/v1',
    kind: 'Decision',
    metadata: {
      name: `gate-override-${stamp}-${hash}`,
      namespace: refNamespace(wish.component),
      title: `Release ${refName(wish.component)} although the gate holds`,
      annotations: {
        [OF]: wish.component,
        [ENVIRONMENT]: wish.environment,
        ...(wish.commit ? { [COMMIT]: wish.commit } : {}),
        [FROM]: formatInstant(from),
        [UNTIL]: formatInstant(wish.until),
        [BY]: by,
      },
    },
    spec: {
      status: 'accepted',
      date: formatDay(from),
      deciders: [by],
      ...(wish.told.length > 0 ? { informed: [...wish.told] } : {}),
      context: `The release gate for ${wish.environment} holds or may hold ${wish.component}${wish.commit ? ` at ${wish.commit}` : ''}. Until ${formatInstant(wish.until)} it lets it pass.`,
      outcome: wish.reason,
      affects: [wish.component],
    },
  }
}

/** Takes an override back; its record stays and says so. */
export async function withdrawOverride(decision: Ref, { catalog, ledger, caller }: Context): Promise<void> {
  const entity = await catalog.get(decision)
  const annotations = entity?.metadata.annotations
  if (!entity || !annotations?.[OF])
    throw new Refusal('gate.no_such_override', `${decision} is not an override of the gate.`, {
      status: 404,
      fix: 'See all of them with "throughline gate overrides".',
      path: 'ref',
    })
  if (annotations[WITHDRAWN]) return
  const now = formatInstant(await ledger.present())
  const { apiVersion, kind, metadata, spec } = entity
  await catalog.write(
    {
      apiVersion,
      kind,
      metadata: { ...metadata, annotations: { ...annotations, [WITHDRAWN]: now } },
      spec: { ...spec, status: 'deprecated', consequences: `Taken back on ${now} by ${caller.person}.` },
    },
    { by: caller.person, expectedVersion: entity.version },
  )
}
