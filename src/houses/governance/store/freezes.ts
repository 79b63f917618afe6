import { type Caller, DAY, formatDay, formatInstant, type Instant, type Ref, refNamespace, Refusal } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { isIn, wallClock } from '../decide/index.ts'
import type { Freeze, FreezeSpan, Policy, Purpose } from '../intent/index.ts'
import type { FreezeRow } from '../tell/freeze.ts'
import { declaredAt } from './declared.ts'

export interface FreezeWish {
  /** Namespace it is kept in. */
  scope: string
  for: readonly string[]
  environment: string
  /** Now where left out. */
  from: Instant | null
  to: Instant
  zone: string
  reason: string
  exempt: readonly Purpose[]
}

type Context = Pick<Ground, 'catalog' | 'ledger'> & { caller: Caller }

/** What lasts longer is no freeze: nothing is released there any more. */
const LONGEST = 92 * DAY
/** How far back freezes that are over are told. */
const LOOKS_BACK = 30 * DAY

/** Adds a span to the freeze calendar, signed by whoever says so. */
export async function writeFreeze(wish: FreezeWish, { catalog, ledger, caller }: Context): Promise<Ref> {
  const now = await ledger.present()
  const from = wish.from ?? now
  if (wish.to <= Math.max(from, now))
    throw new Refusal(
      'gate.freeze_over',
      `The freeze would end on ${formatInstant(wish.to)}, which is ${wish.to <= now ? 'over' : 'before it begins'}.`,
      {
        fix: 'Give an end that is still to come and after its beginning.',
        path: 'to',
      },
    )
  if (wish.to - from > LONGEST)
    throw new Refusal('gate.freeze_too_long', 'A freeze is at most three months long.', {
      fix: 'Choose an earlier end; what comes back every year is better a rule of a gate policy.',
      path: 'to',
    })
  const { ref } = await catalog.write(
    {
      apiVersion: 'throughline.dev/v1',
      kind: 'Freeze',
      metadata: { name: await freeName(wish.scope, formatDay(from), catalog), namespace: wish.scope, title: wish.reason.slice(0, 100) },
      spec: {
        for: [...wish.for],
        environment: wish.environment,
        from: formatInstant(from),
        to: formatInstant(wish.to),
        zone: wish.zone,
        reason: wish.reason,
        ...(wish.exempt.length > 0 ? { exempt: [...wish.exempt] } : {}),
        by: caller.person,
      },
    },
    { by: caller.person },
  )
  return ref
}

/** A name by its day; also one that was taken back keeps its name, since it can be given again. */
async function freeName(namespace: string, day: string, catalog: Context['catalog']): Promise<string> {
  for (let n = 1; ; n += 1) if ((await catalog.versions(`freeze:${namespace}/${day}-${n}`)).length === 0) return `${day}-${n}`
}

/** Takes a freeze back, so that releases go on; or gives it again. */
export async function withdrawFreeze(ref: Ref, withdrawn: boolean, { catalog, caller }: Context): Promise<void> {
  const versions = ref.startsWith('freeze:') ? await catalog.versions(ref) : []
  const last = versions.toSorted((a, b) => b.version - a.version)[0]
  if (!last)
    throw new Refusal('gate.no_such_freeze', `There is no freeze ${ref}.`, {
      status: 404,
      fix: 'See all of them with "throughline gate freezes"; a freeze of a policy ends when the policy says otherwise.',
      path: 'ref',
    })
  if (withdrawn === last.removed) return
  if (withdrawn) await catalog.remove(ref, { by: caller.person })
  else await catalog.write(last.doc, { by: caller.person })
}

/** Freezes of a namespace, those that hold first, then those to come, then those of the last month: of their own, and of policies. */
export async function freezeCalendar(scope: string, asOf: Instant, context: Pick<Ground, 'catalog' | 'store'>): Promise<FreezeRow[]> {
  const { freezes, gate } = await declaredAt(asOf, context)
  const own = freezes.filter(({ ref }) => refNamespace(ref) === scope).map((freeze) => rowOf(freeze, asOf))
  const rules = gate.filter(({ ref }) => ref !== null && refNamespace(ref) === scope).flatMap((policy) => rowsOf(policy, asOf))
  const order = ['in_force', 'coming', 'over'] as const
  return [...own, ...rules]
    .filter(({ state, to, zone }) => state !== 'over' || to === null || to >= wallClock(asOf - LOOKS_BACK, zone).text)
    .sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state) || compare(a.from ?? '', b.from ?? '') || compare(a.ref, b.ref))
}

function rowOf({ ref, covers, environment, from, to, zone, reason, exempt, by }: Freeze, at: Instant): FreezeRow {
  const wall = (moment: Instant) => wallClock(moment, zone).text
  return {
    ref,
    rule: null,
    covers: [...covers],
    environment,
    from: wall(from),
    to: wall(to),
    weekly: null,
    zone,
    reason,
    exempt: [...exempt],
    by,
    state: at >= to ? 'over' : at >= from ? 'in_force' : 'coming',
  }
}

function rowsOf({ ref, covers, environment, rules }: Policy, at: Instant): FreezeRow[] {
  return rules.flatMap((rule) =>
    rule.rule === 'freeze'
      ? rule.spans.map((span): FreezeRow => {
          const wall = wallClock(at, rule.zone)
          const once = 'days' in span ? null : span
          return {
            ref: ref!,
            rule: rule.name,
            covers: [...covers],
            environment,
            from: once?.from ?? null,
            to: once?.to ?? null,
            weekly: 'days' in span ? weeklyWords(span) : null,
            zone: rule.zone,
            reason: span.reason,
            exempt: [...rule.exempt],
            by: null,
            state: isIn(span, wall) ? 'in_force' : once && once.to <= wall.text ? 'over' : 'coming',
          }
        })
      : [],
  )
}

function weeklyWords({ days, after, before }: Extract<FreezeSpan, { days: unknown }>): string {
  const hours = after === '00:00' && before === '24:00' ? '' : `, ${after} to ${before}`
  return `every ${days.join(', ')}${hours}`
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
