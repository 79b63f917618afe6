import { type EntityDraft, type EntityStatement, type Observation, whereaboutsOf } from '../../../ground/catalog/index.ts'
import { type Ref, refKind, refNamespace, toRef } from '../../../ground/core/index.ts'
import { type Activity, type Declared, type Fact, type FactName, FACTS, type Observed } from '../assess/index.ts'

/** Words that stand for "not known" where a descriptor wants a value. */
const NO_VALUE = /^(?:unknown|unowned|none|nobody|tbd|todo|n\/a|)$/i
const LISTS: readonly { fact: FactName; field: string; kind?: string }[] = [
  { fact: 'dependsOn', field: 'dependsOn' },
  { fact: 'providesApi', field: 'providesApis', kind: 'api' },
  { fact: 'consumesApi', field: 'consumesApis', kind: 'api' },
]

interface Said {
  fact: FactName
  value: string
}

/** Links that something showed rather than somebody declared. */
export interface SeenLink {
  type: string
  to: Ref
  because: string | null
  seenAt: number
}

/**
 * The facts of one component or repository: a fact for each thing of which there is one, and one for each thing it
 * depends on, provides or consumes. A document a scan made up itself declares nothing; what the scan saw is observed.
 */
export function gatherFacts(
  statements: readonly EntityStatement[],
  seen: { links: readonly SeenLink[]; activity: Activity | null },
): Fact[] {
  const facts = new Map<string, Fact>()
  const factOf = ({ fact, value }: Said) => {
    const key = LISTS.some((list) => list.fact === fact) ? `${fact} ${value}` : fact
    const known = facts.get(key) ?? { fact, declared: [], observed: [] }
    facts.set(key, known)
    return known
  }
  for (const statement of statements) {
    for (const said of declaredIn(statement)) factOf(said).declared.push({ value: said.value, ...signatureOf(statement) })
    for (const { said, observed } of observedIn(statement)) factOf(said).observed.push(observed)
  }
  for (const { type, to, because, seenAt } of seen.links) {
    const fact = LISTS.find((list) => list.fact === type)?.fact
    if (fact) factOf({ fact, value: to }).observed.push({ value: to, from: 'links', seenAt, ...(because ? { because } : {}) })
  }
  for (const observed of seen.activity ? activitySeen(seen.activity) : []) factOf({ fact: 'lifecycle', value: '' }).observed.push(observed)
  return [...facts.values()].sort((one, other) => FACTS.indexOf(one.fact) - FACTS.indexOf(other.fact))
}

/** Whether a document is somebody's: a scan that found none writes one of its own. */
export function declares({ doc, origin, file }: EntityStatement): boolean {
  return doc !== null && (origin !== 'inferred' || file !== undefined)
}

/** The values a document states, in full names; stand-ins such as `unknown` state nothing. */
export function valuesIn(ref: Ref, doc: EntityDraft): Said[] {
  const { spec, metadata } = doc
  const namespace = refNamespace(ref)
  const full = (value: unknown, kind?: string) => {
    const read = typeof value === 'string' ? toRef(value, { namespace, ...(kind ? { kind } : {}) }) : null
    return read?.ok && !NO_VALUE.test(read.value.slice(read.value.indexOf('/') + 1)) ? read.value : null
  }
  const { repository, path } = whereaboutsOf(ref, doc)
  const one: [FactName, unknown][] = [
    ['owner', full(spec.owner, 'group')],
    ['lifecycle', typeof spec.lifecycle === 'string' ? spec.lifecycle.trim().toLowerCase() : null],
    ['type', spec.type],
    ['system', full(spec.system, 'system')],
    ['repository', refKind(ref) === 'repository' ? null : repository],
    ['path', path],
    ['branch', spec.defaultBranch],
    ['description', metadata.description],
  ]
  const many = LISTS.flatMap(({ fact, field, kind }) =>
    (Array.isArray(spec[field]) ? (spec[field] as unknown[]) : []).map((value): [FactName, unknown] => [fact, full(value, kind)]),
  )
  return [...one, ...many].flatMap(([fact, value]) =>
    typeof value === 'string' && !NO_VALUE.test(value.trim()) ? [{ fact, value: value.trim() }] : [],
  )
}

function declaredIn(statement: EntityStatement): Said[] {
  if (!declares(statement)) return []
  const filled = new Set(statement.observed.filter(({ fills }) => fills).map(({ fact }) => fact))
  return valuesIn(statement.ref, statement.doc!).filter(({ fact }) => !filled.has(fact))
}

function observedIn(statement: EntityStatement): { said: Said; observed: Observed }[] {
  const seenAt = statement.seenAt ?? statement.since
  const seen = statement.observed.flatMap((one) => {
    const fact = FACTS.find((name) => name === one.fact)
    return fact ? [{ said: { fact, value: one.value }, observed: { ...placeOf(one), seenAt } }] : []
  })
  if (!statement.doc || declares(statement)) return seen
  const told = new Set(seen.map(({ said }) => said.fact))
  const more = valuesIn(statement.ref, statement.doc).filter(({ fact }) => !told.has(fact))
  return [...seen, ...more.map((said) => ({ said, observed: { value: said.value, from: 'tree', seenAt } }))]
}

function placeOf({ value, from, file, line, because }: Observation): Omit<Observed, 'seenAt'> {
  return {
    value,
    from,
    ...(file === undefined ? {} : { file }),
    ...(line === undefined ? {} : { line }),
    ...(because === undefined ? {} : { because }),
  }
}

function signatureOf({ folder, origin, file, line, stands, since, by, seenAt }: EntityStatement): Omit<Declared, 'value'> {
  return { folder, origin, stands, since, by, seenAt, ...(file === undefined ? {} : { file }), ...(line === undefined ? {} : { line }) }
}

/** What records show of how alive a thing is. */
function activitySeen({ commit, deployment, recentDeployments, incident, records }: Activity): Observed[] {
  const seen = (value: string, from: string, at: number | null, record: string | undefined, count?: number): Observed[] =>
    at === null ? [] : [{ value, from, seenAt: at, ...(record ? { record } : {}), ...(count === undefined ? {} : { count }) }]
  return [
    ...seen('deployed to production', 'deployments', deployment, records.deployment, recentDeployments),
    ...seen('committed to', 'commits', commit, records.commit),
    ...seen('had an incident', 'incidents', incident, records.incident),
  ]
}
