import { DAY, dayWords, type Instant, type Ref, refKind, refName } from '../../../ground/core/index.ts'
import { type Activity, type Declared, type Fact, standingValue } from '../assess/index.ts'

export const VERDICTS = ['contradicts', 'agrees', 'declared_only', 'observed_only', 'unknown'] as const
export type Verdict = (typeof VERDICTS)[number]

/** Ways in which what is declared is not what is seen. */
export const CONTRADICTIONS = [
  'owner_contradicted',
  'owner_left',
  'owner_undeclared',
  'lifecycle_contradicted',
  'production_quiet',
  'repository_contradicted',
  'path_contradicted',
  'declared_twice',
] as const
export type ContradictionCode = (typeof CONTRADICTIONS)[number]

export interface Contradiction {
  code: ContradictionCode
  message: string
  fix: string
}

export interface JudgedFact extends Fact {
  verdict: Verdict
  /** In a sentence where the verdict needs one. */
  why: string | null
  contradictions: Contradiction[]
}

/** Who a group or user is known as, and who belongs to it. */
export interface KnownOwner {
  declared: boolean
  /** Itself and the other names it goes by. */
  names: ReadonlySet<Ref>
  members: ReadonlySet<Ref>
  /** Groups it is a part of and groups that are parts of it. */
  kin: ReadonlySet<Ref>
}

/** What a verdict rests on besides the fact itself. */
export interface Surroundings {
  at: Instant
  owners: ReadonlyMap<Ref, KnownOwner>
  /** Whether teams are kept in this catalogue at all. */
  keepsTeams: boolean
  /** Owners of it who left, each with the sentence that says so. */
  left: ReadonlyMap<Ref, string>
  activity: Activity | null
}

/** A deployment this near says that the thing lives. */
export const DEPLOYED_DAYS = 28
/** Nothing for so long is quiet. */
export const QUIET_DAYS = 365
/** At the end of its life, in the words catalogues use. */
const RETIRED = new Set(['deprecated', 'retired', 'decommissioned', 'obsolete', 'sunset', 'end-of-life', 'eol', 'archived'])
/** Facts of which an entity has one. */
const ONE = new Set<Fact['fact']>(['owner', 'lifecycle', 'type', 'system', 'repository', 'path'])

type Answer = Pick<JudgedFact, 'verdict' | 'why'> & { contradictions?: Contradiction[] }

/** Holds what is declared against what is seen. Only what is certain contradicts; what cannot be told is unknown. */
export function judgeFact(fact: Fact, around: Surroundings): JudgedFact {
  const answer = answerFor(fact, around)
  const contradictions = [...(answer.contradictions ?? []), ...declaredTwice(fact)]
  return { ...fact, why: answer.why, contradictions, verdict: contradictions.length > 0 ? 'contradicts' : answer.verdict }
}

function answerFor(fact: Fact, around: Surroundings): Answer {
  const value = standingValue(fact)
  if (fact.fact === 'owner' && value !== null) return judgeOwner(value, fact, around)
  if (fact.fact === 'lifecycle' && value !== null) return judgeLifecycle(value, around)
  if (value === null) return { verdict: 'observed_only', why: null }
  if (fact.observed.length === 0) return { verdict: 'declared_only', why: null }
  if (fact.fact === 'repository') return judgePlace('repository_contradicted', value, fact, sameRepository)
  if (fact.fact === 'path') return judgePlace('path_contradicted', value, fact, (one, other) => one === other)
  if (fact.observed.some((one) => one.value.trim() === value.trim())) return { verdict: 'agrees', why: null }
  return { verdict: 'unknown', why: 'Two texts are not compared by their words.' }
}

function judgeOwner(owner: Ref, { observed }: Fact, { owners, keepsTeams, left }: Surroundings): Answer {
  const contradictions: Contradiction[] = []
  const gone = left.get(owner)
  if (gone)
    contradictions.push({ code: 'owner_left', message: gone, fix: 'Name an owner who is there, or correct the dates of its people.' })
  if (keepsTeams && !owners.get(owner)?.declared)
    contradictions.push({
      code: 'owner_undeclared',
      message: `${owner} is declared as its owner, and nobody declares ${owner}`,
      fix: `Declare the ${refKind(owner)}, or correct the name.`,
    })
  if (observed.length === 0) return { verdict: 'declared_only', why: null, contradictions }
  if (observed.some(({ value }) => isSameOwner(owner, value, owners))) return { verdict: 'agrees', why: null, contradictions }
  const others = [...new Set(observed.map(({ value }) => value))]
  // A rule that names a team beside people says whose it is; one that names only people may name people of the team.
  if (!others.some((other) => refKind(other) === refKind(owner))) {
    const why = `Whether ${listed(others)} ${others.length === 1 ? 'belongs' : 'belong'} to ${owner} is not known.`
    return { verdict: 'unknown', why, contradictions }
  }
  const [rule] = observed
  contradictions.unshift({
    code: 'owner_contradicted',
    message: `${owner} is declared as its owner; ${placed(rule!.file ?? rule!.from, rule!.line)} names ${listed(others)}`,
    fix: `Correct one of the two. If both are one team, give the group the annotation throughline.dev/aliases: ${refName(others[0]!)}.`,
  })
  return { verdict: 'contradicts', why: null, contradictions }
}

/** The same by any of its names, a part of it or what it is a part of, or one of its people. */
function isSameOwner(declared: Ref, seen: Ref, owners: Surroundings['owners']): boolean {
  if (declared === seen) return true
  const [one, other] = [owners.get(declared), owners.get(seen)]
  const names = new Set([seen, ...(other?.names ?? [])])
  const among = (set: ReadonlySet<Ref> | undefined) => set !== undefined && [...names].some((name) => set.has(name))
  return among(one?.names) || among(one?.kin) || among(one?.members) || (other?.members.has(declared) ?? false)
}

function judgeLifecycle(lifecycle: string, { activity, at }: Surroundings): Answer {
  if (!activity?.hasHistory && (activity?.deployment ?? null) === null)
    return { verdict: 'declared_only', why: 'No commit or deployment of it is known.' }
  const { deployment, recentDeployments, commit, incident, readAt } = activity!
  if (RETIRED.has(lifecycle)) {
    if (recentDeployments === 0) return { verdict: 'agrees', why: `Not deployed to production in the last ${DEPLOYED_DAYS} days.` }
    const message = `It is declared ${lifecycle}, and was deployed to production ${times(recentDeployments)} in the last ${DEPLOYED_DAYS} days, last on ${dayWords(deployment!)}`
    const fix = 'Correct its lifecycle, or find out who still needs it and stop deploying it.'
    return { verdict: 'contradicts', why: null, contradictions: [{ code: 'lifecycle_contradicted', message, fix }] }
  }
  if (lifecycle !== 'production') return { verdict: 'unknown', why: 'No record would contradict it.' }
  const last = latest([commit, deployment, incident])
  if (last !== null && at - last <= QUIET_DAYS * DAY)
    return { verdict: 'agrees', why: `Something happened in the last ${QUIET_DAYS} days.` }
  // What was looked back over: two years for commits of a folder, everything otherwise.
  const quietSince = last ?? at - 2 * QUIET_DAYS * DAY
  if (!activity!.hasHistory || readAt === null || readAt - quietSince < QUIET_DAYS * DAY)
    return { verdict: 'unknown', why: 'Its repository was not read lately, so what happened since is not known.' }
  const since = last === null ? `for ${QUIET_DAYS} days and more` : `since ${dayWords(last)}`
  const message = `It is declared production, and no commit, deployment or incident of it is known ${since}`
  const fix = 'Correct its lifecycle, or say who keeps it alive; connect what deploys it if that is not told here.'
  return { verdict: 'contradicts', why: null, contradictions: [{ code: 'production_quiet', message, fix }] }
}

function judgePlace(
  code: 'repository_contradicted' | 'path_contradicted',
  value: string,
  { fact, observed }: Fact,
  same: (one: string, other: string) => boolean,
): Answer {
  if (observed.some((one) => same(value, one.value))) return { verdict: 'agrees', why: null }
  const message = `${value} is declared as its ${fact}; the scan found it in ${listed(observed.map((one) => one.value))}`
  return {
    verdict: 'contradicts',
    why: null,
    contradictions: [{ code, message, fix: `Correct throughline.dev/${fact}, or rename one of two things that share a name.` }],
  }
}

/** A forge's slug names a repository without its namespace. */
function sameRepository(one: string, other: string): boolean {
  return one.includes(':') && other.includes(':') ? one === other : bare(one) === bare(other)
}

function bare(repository: string): string {
  return repository.slice(repository.lastIndexOf('/') + 1)
}

/** Two documents that state one thing differently. */
function declaredTwice({ fact, declared }: Fact): Contradiction[] {
  const same = fact === 'repository' ? sameRepository : (one: string, other: string) => one === other
  const first = declared.find((one) => one.stands) ?? declared[0]
  const other = first && ONE.has(fact) ? declared.find((one) => !same(one.value, first.value)) : undefined
  if (!first || !other) return []
  return [
    {
      code: 'declared_twice',
      message: `Its ${fact} is ${first.value} in ${sourceOf(first)}, and ${other.value} in ${sourceOf(other)}`,
      fix: 'Correct one of the two, or keep it in one place.',
    },
  ]
}

function sourceOf({ folder, file, line, origin }: Declared): string {
  if (folder === null || origin === 'form') return 'a form'
  return file ? `${placed(file, line)} of ${folder.replace(/^scan:/, '')}` : folder
}

function placed(file: string, line: number | undefined): string {
  return line === undefined ? file : `${file}:${line}`
}

function latest(moments: readonly (Instant | null)[]): Instant | null {
  const known = moments.filter((one) => one !== null)
  return known.length === 0 ? null : Math.max(...known)
}

function times(count: number): string {
  return count === 1 ? 'once' : count === 2 ? 'twice' : `${count} times`
}

function listed(words: readonly string[]): string {
  if (words.length > 4) return `${words.slice(0, 3).join(', ')} and ${words.length - 3} more`
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}
