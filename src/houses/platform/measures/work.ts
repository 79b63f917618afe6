import { formatInstant, type Row, windowDays } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { knownAt } from '../../../ground/ledger/index.ts'
import { type Collected, type CollectAsk, type MeasureDefinition, questionText } from '../../../ground/measures/index.ts'
import { KeptBriefly, sql, type Statement } from '../../../ground/store/index.ts'
import { commitsOfPieces } from './commits.ts'

type Context = Pick<Ground, 'store'>
interface Counted {
  piece: number
  hits: number
  of: number
  subjects: number
}

/** Bots touch pipelines and lock files everywhere; where people work is another question. */
export const BY_PEOPLE = sql`bot is not true`

/** Author of the commits of people who were erased. */
const ERASED = sql`(author ~ '^(person:|user:[^/]+/)erased$')`

/** Fewer people than this are not told as a number. */
const FEWEST_PEOPLE = 5
const TOO_FEW_PEOPLE = {
  code: 'too_few_people',
  why: 'fewer than five people wrote commits here, and so few would be recognised in a number',
  fix: 'Ask for a longer window or for a system or namespace instead of a part of it.',
}

const ALL_ERASED = {
  code: 'person_erased',
  why: 'all commits by people in this window are by people who were erased',
  fix: 'Look at a longer window.',
}

const NO_COMMITS = { code: 'no_commits', why: 'no commit is known in this window', fix: 'Scan the repository, or look at a longer window.' }

/** Commits of one piece, counted in every way that needs nothing but them. */
interface Tally {
  piece: number
  commits: number
  bots: number
  agents: number
  subjects: number
  /** By people who were not erased: how many, of how many people, in how many subjects. */
  byPeople: number
  people: number
  peopleSubjects: number
  erased: number
}
const NONE: Omit<Tally, 'piece'> = {
  commits: 0,
  bots: 0,
  agents: 0,
  subjects: 0,
  byPeople: 0,
  people: 0,
  peopleSubjects: 0,
  erased: 0,
}

const kept = new KeptBriefly<Tally[]>()

/** The commits of each piece, looked through once for all that ask the same of one moment. */
async function talliesOf(store: Context['store'], ask: CollectAsk): Promise<Tally[]> {
  const of = sql`${BY_PEOPLE} and not ${ERASED}`
  const count = async () => {
    const rows = await store.query<Tally>(sql`
      with c as (${commitsOfPieces(ask)}) select piece, count(*)::int as commits, count(*) filter (where bot)::int as bots,
        count(*) filter (where agents)::int as agents, count(distinct place)::int as subjects,
        count(*) filter (where ${of})::int as "byPeople", count(distinct author) filter (where ${of})::int as people,
        count(distinct place) filter (where ${of})::int as "peopleSubjects", count(*) filter (where ${BY_PEOPLE} and ${ERASED})::int as erased
      from c group by piece`)
    const byPiece = new Map(rows.map((row) => [row.piece, row]))
    return ask.pieces.map((_, piece) => byPiece.get(piece) ?? { piece, ...NONE })
  }
  return ask.moment === undefined ? count() : kept.find(store, questionText(ask), count)
}

/** Measures of how work arrives: how much, by how many people, how much by bots, how much through changes, where. */
export function workMeasures({ store }: Context): MeasureDefinition[] {
  const counted = async (ask: CollectAsk, hits: Statement, of = sql`true`, wide: readonly 'files'[] = [], from = sql`c`) => {
    const rows = await store.query<Counted>(sql`
      with c as (${commitsOfPieces(ask, wide)}) select piece, (${hits})::int as hits, count(*)::int as of, count(distinct place)::int as subjects from ${from} where ${of} group by piece`)
    const byPiece = new Map(rows.map((row) => [row.piece, row]))
    return ask.pieces.map((_, piece) => byPiece.get(piece) ?? { piece, hits: 0, of: 0, subjects: 0 })
  }
  const share = async (
    ask: CollectAsk,
    hits: Statement,
    of?: Statement,
    wide?: readonly 'files'[],
    from?: Statement,
  ): Promise<Collected[]> =>
    (await counted(ask, hits, of, wide, from)).map(({ hits: some, of, subjects }) =>
      of === 0 ? nothing() : { shape: 'share', hits: some, of, excluded: {}, withData: subjects },
    )
  const rows = (ask: CollectAsk & { limit: number; offset: number }, hit: Statement, from?: Statement) => commitRows(store, ask, hit, from)

  return [
    {
      id: 'work.commits',
      title: 'Commits',
      question: 'How much is written?',
      unit: '1/d',
      definition: 'Commits that are not merges ÷ days of the window. Says whether work goes on, not how good or large it is.',
      kinds: ['commit'],
      collect: async (ask) =>
        (await talliesOf(store, ask)).map(({ commits, subjects }, piece) =>
          commits === 0
            ? nothing()
            : { shape: 'rate', events: commits, days: windowDays(ask.pieces[piece]!.window), excluded: {}, withData: subjects },
        ),
      rows: (ask) => rows(ask, sql`true`),
    },
    {
      id: 'work.people',
      title: 'Authors of commits',
      question: 'How many authors does the work rest on?',
      unit: 'count',
      definition:
        'Different people among the authors of commits in the window, bots left out; names that are known to be one person count once. Commits of erased people tell of nobody and are excluded. Fewer than five are not counted out: so few would be recognised. A count, never a list.',
      kinds: ['commit'],
      collect: async (ask) =>
        (await talliesOf(store, ask)).map(({ people, byPeople, erased, peopleSubjects }): Collected => {
          const excluded = { person_erased: erased }
          if (byPeople === 0) return { ...nothing(erased > 0 ? ALL_ERASED : NO_COMMITS), excluded }
          if (people < FEWEST_PEOPLE) return { shape: 'nothing', unknown: TOO_FEW_PEOPLE, excluded, withData: peopleSubjects }
          return { shape: 'number', value: people, n: byPeople, excluded, withData: peopleSubjects }
        }),
    },
    {
      id: 'work.bot_share',
      title: 'Share of commits by bots',
      question: 'How much of what arrives do bots write?',
      unit: 'ratio',
      definition: 'Commits whose author is a recognised bot ÷ all commits that are not merges.',
      kinds: ['commit'],
      collect: async (ask) => (await talliesOf(store, ask)).map(({ bots, ...all }) => shareOf(bots, all)),
      rows: (ask) => rows(ask, sql`bot is true`),
    },
    {
      id: 'work.agent_share',
      title: 'Share of commits with coding agents',
      question: 'In how much of what arrives did a coding agent take part?',
      unit: 'ratio',
      definition:
        'Commits that a recognised coding agent authored or helped with, as their authors and co-authors say, ÷ all commits that are not merges. Agents who sign nothing are not seen, so it is the least it can be.',
      kinds: ['commit'],
      collect: async (ask) => (await talliesOf(store, ask)).map(({ agents, ...all }) => shareOf(agents, all)),
      rows: (ask) => rows(ask, sql`agents`),
    },
    {
      id: 'work.through_changes',
      title: 'Share of commits through changes',
      question: 'How much arrives through pull requests or merged branches, and how much directly?',
      unit: 'ratio',
      definition:
        'Commits that belong to a known change (its merge or squash commit, or one of its commits) ÷ all commits that are not merges. The others arrived directly.',
      kinds: ['commit', 'change'],
      collect: (ask) => share(ask, sql`count(*) filter (where ${IN_CHANGE})`, undefined, [], withChanges(ask)),
      rows: (ask) => rows(ask, IN_CHANGE, withChanges(ask)),
    },
    {
      id: 'work.area_share',
      title: 'Share of commits in an area',
      question: 'How much of the work touches this folder?',
      unit: 'ratio',
      definition:
        'Commits by people that touch a file below the folder named by the dimension "area" ÷ all commits by people that are not merges.',
      dimensions: [{ name: 'area' }],
      kinds: ['commit'],
      collect: async (ask) => {
        if (!ask.where.area)
          return ask.pieces.map(() => nothing({ code: 'no_area', why: 'no area is named', fix: 'Ask with where area=src/checkout.' }))
        return share(ask, sql`count(*) filter (where ${touches(ask.where.area)})`, BY_PEOPLE, ['files'])
      },
      rows: (ask) => rows(ask, ask.where.area ? touches(ask.where.area) : sql`true`),
    },
  ]
}

function shareOf(hits: number, { commits, subjects }: Pick<Tally, 'commits' | 'subjects'>): Collected {
  return commits === 0 ? nothing() : { shape: 'share', hits, of: commits, excluded: {}, withData: subjects }
}

function nothing(unknown = NO_COMMITS): Collected {
  return { shape: 'nothing', unknown, excluded: {}, withData: 0 }
}

/**
 * The commits `c`, each with `held.sha` set when some known change of the same subject holds it. A join, because the planner
 * asks an IN over the same rows again for every commit.
 */
function withChanges({ asOf }: CollectAsk): Statement {
  return sql`c left join (
    select subject, merge_commit as sha from evidence_change where subject in (select distinct subject from c) and merge_commit is not null and ${knownAt(asOf)}
    union
    select subject, part ->> 'sha' from evidence_change, jsonb_array_elements(commits) part where subject in (select distinct subject from c) and commits is not null and ${knownAt(asOf)}
  ) held using (subject, sha)`
}

const IN_CHANGE = sql`(held.sha is not null)`

function touches(area: string): Statement {
  const folder = `${area.replace(/^\/+|\/+$/g, '')}/`
  return sql`exists (select 1 from jsonb_array_elements(coalesce(c.files, '[]'::jsonb)) file where starts_with(file ->> 0, ${folder}))`
}

async function commitRows(
  store: Context['store'],
  ask: CollectAsk & { limit: number; offset: number },
  hit: Statement,
  from = sql`c`,
): Promise<Row[]> {
  const found = await store.query<{ source: string; id: string; subject: string; at: number; title: string | null; hit: boolean }>(sql`
    with c as (${commitsOfPieces(ask, ['files', 'message'])})
    select source, id, subject, at, split_part(message, ${'\n'}, 1) as title, ${hit} as hit from ${from} order by at desc, sha limit ${ask.limit} offset ${ask.offset}`)
  return found.map(({ source, id, subject, at, title, hit: counts }) => ({
    id: `commit:${source}/${id}`,
    subject,
    value: counts ? 1 : 0,
    unit: 'ratio',
    at: formatInstant(at),
    title: title ?? undefined,
    parts: {},
    links: [],
    flags: [],
  }))
}
