import type { Catalog, Entity } from '../../../ground/catalog/index.ts'
import {
  DAY,
  formatDay,
  formatInstant,
  type Instant,
  parseInstant,
  type Ref,
  Refusal,
  refNamespace,
  toRef,
} from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import type { Correction, Slo } from '../intent/index.ts'
import { slosOf } from '../store/slos.ts'

/** Longer than this is no maintenance: the promise was another one. */
const LONGEST = 31 * DAY

const present = new WeakMap<object, { revision: string; known: Correction[] }>()

/** All corrections as stated at a moment, in order of time. */
export async function correctionsOf(catalog: Pick<Catalog, 'list' | 'revisionAt'>, asOf: Instant | null): Promise<Correction[]> {
  const revision = await catalog.revisionAt(asOf ?? undefined)
  const held = present.get(catalog)
  if (revision !== null && held?.revision === revision) return held.known
  const known = (await catalog.list({ kind: 'correction', limit: 1_000_000 }, asOf ?? undefined)).flatMap(correctionOf)
  known.sort((a, b) => a.from - b.from || (a.ref < b.ref ? -1 : 1))
  if (revision !== null) present.set(catalog, { revision, known })
  return known
}

/** All corrections as stated at each of several moments (null: now); between two changes of them they are read once. */
async function correctionsAt(
  moments: readonly (Instant | null)[],
  catalog: Pick<Catalog, 'list' | 'revisionAt' | 'changes'>,
): Promise<Map<Instant | null, Correction[]>> {
  const [only] = moments
  if (moments.length === 1) return new Map([[only!, await correctionsOf(catalog, only!)]])
  const changes = await catalog.changes('correction')
  const between = Map.groupBy(new Set(moments), (moment) => (moment === null ? null : changes.findLast((change) => change <= moment)))
  const found = new Map<Instant | null, Correction[]>()
  for (const [since, same] of between) {
    const known = since === undefined ? [] : await correctionsOf(catalog, same[0]!)
    for (const moment of same) found.set(moment, known)
  }
  return found
}

/** A promise, held against what is known at a moment (null: now). */
interface KnownSlo {
  slo: Pick<Slo, 'ref' | 'service'>
  asOf: Instant | null
}

/** The corrections of each promise, as stated at a moment. */
export async function correctionsFor(
  { catalog }: Pick<Ground, 'catalog'>,
  of: readonly KnownSlo[],
): Promise<(one: KnownSlo) => Correction[]> {
  const known = of.length === 0 ? null : await correctionsAt([...new Set(of.map(({ asOf }) => asOf))], catalog)
  return ({ slo: { ref, service }, asOf }) =>
    (known?.get(asOf) ?? []).filter(({ subjects }) => subjects.includes(ref) || subjects.includes(service))
}

/** Takes a span out of budgets, signed by whoever says so. What has no budget, being no promise and promising nothing, is most likely a slip. */
export async function correct(
  { subjects, from, to, reason }: Pick<Correction, 'subjects' | 'from' | 'to' | 'reason'>,
  { catalog, by }: { catalog: Catalog; by: Ref },
): Promise<Entity> {
  const known = new Set((await slosOf({ catalog })).flatMap(({ ref, service }) => [ref, service]))
  const stranger = subjects.find((subject) => !known.has(subject))
  if (stranger)
    throw new Refusal(
      'slo.nothing_promised',
      `${stranger.startsWith('slo:') ? `There is no ${stranger}` : `${stranger} promises nothing`}.`,
      {
        status: 404,
        path: 'subjects',
        fix: '"throughline slo" lists what is promised, and of which services.',
      },
    )
  if (to <= from)
    throw new Refusal('slo.correction_empty', 'The correction ends before it begins.', { path: 'to', fix: 'Choose a later end.' })
  if (to - from > LONGEST)
    throw new Refusal('slo.correction_long', 'A correction is at most 31 days long.', {
      path: 'to',
      fix: 'Change the SLO where something else was promised for longer.',
    })
  const namespace = refNamespace(subjects[0]!)
  const day = formatDay(from)
  const taken = new Set(await catalog.refs({ kind: 'correction', namespace }))
  let n = 1
  // Also one that was removed keeps its name: it can be given back.
  while (taken.has(`correction:${namespace}/${day}-${n}`) || (await catalog.versions(`correction:${namespace}/${day}-${n}`)).length > 0)
    n += 1
  return catalog.write(
    {
      apiVersion: 'throughline.dev/v1',
      kind: 'Correction',
      metadata: { name: `${day}-${n}`, namespace },
      spec: { subjects: [...subjects], from: formatInstant(from), to: formatInstant(to), reason, by },
    },
    { by },
  )
}

/** Takes a correction back, so that its span counts again; or gives it again. */
export async function withdraw(ref: Ref, withdrawn: boolean, { catalog, by }: { catalog: Catalog; by: Ref }): Promise<void> {
  const versions = await catalog.versions(ref)
  const last = versions.reduce<(typeof versions)[number] | null>(
    (newest, one) => (newest && newest.version > one.version ? newest : one),
    null,
  )
  if (!last || !ref.startsWith('correction:'))
    throw new Refusal('slo.no_correction', `There is no correction ${ref}.`, {
      status: 404,
      fix: 'The page of the SLO lists those there are.',
    })
  if (withdrawn === last.removed) return
  if (withdrawn) await catalog.remove(ref, { by })
  else await catalog.write(last.doc, { by })
}

function correctionOf({ ref, spec }: Entity): Correction[] {
  const { subjects, from, to, reason, by } = spec as Record<string, unknown>
  const span = { from: momentOf(from), to: momentOf(to) }
  const namespace = refNamespace(ref)
  const about = Array.isArray(subjects) ? subjects.flatMap((text) => refIn(text, 'component', namespace)) : []
  const [signed] = refIn(by, 'user', namespace)
  if (span.from === null || span.to === null || !signed || about.length === 0) return []
  return [{ ref, subjects: about, from: span.from, to: span.to, reason: String(reason), by: signed }]
}

function momentOf(text: unknown): Instant | null {
  const read = typeof text === 'string' ? parseInstant(text) : null
  return read?.ok ? read.value : null
}

function refIn(text: unknown, kind: string, namespace: string): Ref[] {
  const read = typeof text === 'string' ? toRef(text, { kind, namespace }) : null
  return read?.ok ? [read.value] : []
}
