import type { Entity } from '../../../ground/catalog/index.ts'
import { formatDay, formatInstant, type Ref, refName, refNamespace, Refusal, toRef } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { bindsBecause, isLive, type Place, placesOf } from '../decide/index.ts'
import { titleOf } from '../intent/index.ts'
import type { AppliesView } from '../tell/applies-view.ts'
import { exceptionView } from '../tell/principle-view.ts'
import { belongingOf } from './belonging.ts'
import { decisionsOf } from './decisions.ts'
import type { Moment } from './moment.ts'
import { exceptionsOf, judgedPrinciples, type JudgedPrinciple } from './principles.ts'

export interface AppliesAsk extends Moment {
  path?: string
  component?: Ref
  repository?: Ref
}

type Context = Pick<Ground, 'catalog' | 'measures'>

/** Principles, decisions and exceptions that bind a path or a component. */
export async function appliesTo(ask: AppliesAsk, context: Context): Promise<AppliesView> {
  const notes: string[] = []
  const places = await placesIn(ask, context)
  const found = ask.component ? places.filter((place) => place.ref === ask.component) : placesOf(ask.path ?? '', places, ask.repository)
  if (ask.component && found.length === 0) found.push({ ref: ask.component })
  if (found.length === 0)
    notes.push(
      places.length === 0
        ? 'No component is known here yet: scan a repository or apply a catalogue.'
        : `No component holds "${ask.path}"; what binds everything is listed.`,
    )
  if (found.length > 1 && !ask.repository)
    notes.push(`"${ask.path ?? ''}" fits ${found.length} components; name the repository to get one answer.`)

  const belonging = await belongingOf(ask, context)
  const entities = new Map<Ref, Entity | null>()
  for (const place of found) entities.set(place.ref, await context.catalog.get(place.ref, ask.asOf))
  if (ask.component && !entities.get(ask.component)) notes.push(`Nobody declares ${ask.component}; what binds everything is listed.`)
  const names = new Set(
    found.flatMap((place) => [
      place.ref,
      ...belonging.namesOf(place.ref),
      ...apisOf(entities.get(place.ref)),
      ...(place.repository ? [place.repository] : []),
    ]),
  )
  const logs = new Set([ask.scope, ...found.flatMap((place) => (place.repository ? [refName(place.repository)] : []))])

  const decisions = (await decisionsOf(ask, context)).flatMap((decision) => {
    const because = bindsBecause(decision, names, logs)
    return because
      ? [
          {
            ref: decision.ref,
            title: decision.title,
            status: decision.status,
            date: decision.date === undefined ? undefined : formatDay(decision.date),
            because,
          },
        ]
      : []
  })
  const exceptions = (await exceptionsOf(ask, context)).filter(
    (exception) => isLive(exception, ask.at) && exception.subjects.some((subject) => names.has(subject)),
  )
  const principles = await judgedPrinciples(ask, context)
  return {
    scope: ask.scope,
    at: formatInstant(ask.at),
    components: found.map(({ ref, path }) => ({
      ref,
      title: entities.get(ref) ? titleOf(entities.get(ref)!) : refName(ref),
      declared: Boolean(entities.get(ref)),
      owner: belonging.ownerOf(ref),
      system: belonging.namesOf(ref).find((name) => name.startsWith('system:')),
      path,
    })),
    principles: principles.map((one) => principleHere(one, found)),
    decisions: [...decisions].sort((a, b) => Number(b.because.startsWith('it affects')) - Number(a.because.startsWith('it affects'))),
    exceptions: exceptions.map((exception) => exceptionView(exception, ask.at)),
    notes,
  }
}

/** The share of a principle's verdict that concerns these components; all of it when there are none. */
function principleHere({ principle, verdict }: JudgedPrinciple, found: readonly Place[]): AppliesView['principles'][number] {
  const here = new Set(found.flatMap((place) => [place.ref, ...(place.repository && !place.path ? [place.repository] : [])]))
  const subjects = verdict.subjects.filter((subject) => here.has(subject.subject))
  const state =
    (['broken', 'excepted', 'held'] as const).find((wanted) => subjects.some((subject) => subject.state === wanted)) ?? 'unknown'
  return {
    ref: principle.ref,
    title: principle.title,
    statement: principle.statement,
    forbids: principle.forbids,
    state,
    because: subjects.flatMap((subject) => subject.signals.map((signal) => signal.judgement.rule)),
  }
}

async function placesIn(ask: AppliesAsk, { catalog }: Context): Promise<Place[]> {
  if (ask.component && refNamespace(ask.component) !== ask.scope) {
    throw new Refusal('applies.other_scope', `${ask.component} does not lie in the namespace "${ask.scope}"`, {
      fix: `Ask with scope=${refNamespace(ask.component)}.`,
      path: 'component',
    })
  }
  const shares = await catalog.shares(`namespace:${ask.scope}`, ask.asOf)
  return shares.map(({ ref, repository, path }) => ({ ref, repository, path: path?.replace(/^\/+|\/+$/g, '') || undefined }))
}

function apisOf(entity: Entity | null | undefined): Ref[] {
  const provided = entity?.spec.providesApis
  if (!entity || !Array.isArray(provided)) return []
  return provided.flatMap((text: unknown) => {
    const read = typeof text === 'string' ? toRef(text, { kind: 'api', namespace: refNamespace(entity.ref) }) : null
    return read?.ok ? [read.value] : []
  })
}
