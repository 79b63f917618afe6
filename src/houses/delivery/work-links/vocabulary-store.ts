import type { Catalog } from '../../../ground/catalog/index.ts'
import { type Ref, refName, refNamespace, toRef } from '../../../ground/core/index.ts'
import { sql, type Store } from '../../../ground/store/index.ts'
import { numberedDecisions, type OutcomeWords, type Place, type Vocabulary } from './vocabulary.ts'

interface OutcomeRow {
  ref: Ref
  title: string
  statement: string | null
  tags: string[] | null
  subject: string | null
}

/** Everything work can be linked to. */
export async function loadVocabulary({ store, catalog }: { store: Store; catalog: Catalog }): Promise<Vocabulary> {
  const known = await store.query<{ ref: Ref }>(sql`select ref from entity where kind in ('outcome', 'decision', 'investment')`)
  const decisions = await store.query<{ ref: Ref; namespace: string; name: string; number: number | null }>(sql`
    select ref, namespace, name, case when json_typeof(doc #> '{spec,number}') = 'number' then (doc #>> '{spec,number}')::numeric::int end as number
    from entity where kind = 'decision' order by ref`)
  const outcomes = await store.query<OutcomeRow>(sql`
    select ref, coalesce(title, replace(name, '-', ' ')) as title, doc #>> '{spec,statement}' as statement, doc #> '{metadata,tags}' as tags, doc #>> '{spec,subject}' as subject
    from entity where kind = 'outcome' order by ref`)
  return {
    outcomes: await Promise.all(outcomes.map((outcome) => withPlaces(outcome, catalog))),
    known: new Set(known.map(({ ref }) => ref)),
    decisionsByNumber: numberedDecisions(decisions),
  }
}

/** An outcome measured on a whole namespace is about no place in particular. */
async function withPlaces({ ref, title, statement, tags, subject }: OutcomeRow, catalog: Catalog): Promise<OutcomeWords> {
  const namespace = refNamespace(ref)
  const measuredOn = subject && !/^namespace:/i.test(subject) ? toRef(subject, { kind: 'component', namespace }) : null
  const shares = measuredOn?.ok ? await catalog.shares(measuredOn.value) : []
  const whole: Place[] =
    measuredOn?.ok && shares.length > 1 ? [{ ref: measuredOn.value, name: refName(measuredOn.value), repository: null, path: null }] : []
  const parts = shares.map((share): Place => ({
    ref: share.ref,
    name: refName(share.ref),
    repository: share.repository ?? null,
    path: share.path ?? null,
  }))
  return { ref, namespace, title, statement: statement ?? '', tags: tags ?? [], places: [...whole, ...parts] }
}
