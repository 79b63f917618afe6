import * as z from 'zod'
import type { EntityStatement } from '../../../ground/catalog/index.ts'
import { formatInstant, InstantSchema, operation, refKind, Refusal, RefSchema } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { FACTS } from '../assess/index.ts'
import { CONTRADICTIONS, type JudgedFact, VERDICTS } from '../decide/index.ts'
import { contradictionsIn } from './contradictions.ts'
import { declares } from './gather.ts'
import { judgeAll, type Moments } from './judge.ts'
import { sinceWhen } from './since.ts'

type Context = Pick<Ground, 'store' | 'catalog' | 'clock'>

const Place = { file: z.string().optional(), line: z.number().int().optional() }
/** One who states something: the folder it was applied from, `scan:<repository>`, or a form (null). */
const Teller = z.object({
  folder: z.string().nullable(),
  origin: z.enum(['file', 'form', 'inferred']),
  ...Place,
  /** Its document stands; those of others are kept beside it. */
  stands: z.boolean(),
  /** It declares; otherwise it only sees. */
  declares: z.boolean(),
  since: z.string(),
  /** When it was last read, changed or not. */
  seenAt: z.string().nullable(),
})
const Contradiction = z.object({ code: z.enum(CONTRADICTIONS), message: z.string(), fix: z.string() })
const FactAnswer = z.object({
  fact: z.enum(FACTS),
  declared: z.array(z.object({ value: z.string(), ...Teller.omit({ declares: true }).shape, by: z.string() })),
  observed: z.array(
    z.object({
      value: z.string(),
      /** What shows it: `CODEOWNERS`, `manifest`, `tree`, `deployments`, `commits`, `incidents`, `links`. */
      from: z.string(),
      ...Place,
      because: z.string().optional(),
      seenAt: z.string().nullable(),
      /** Records in the window that counts. */
      count: z.number().int().optional(),
      /** The last record, as the trace names it. */
      record: z.string().optional(),
    }),
  ),
  verdict: z.enum(VERDICTS),
  why: z.string().nullable(),
  contradictions: z.array(Contradiction),
})

const moments = { at: InstantSchema.optional(), asOf: InstantSchema.optional() }

async function momentsOf(ask: Partial<Moments>, { catalog, clock }: Context): Promise<Moments> {
  const asOf = ask.asOf === undefined ? await catalog.present() : Math.min(ask.asOf, clock())
  return { at: ask.at ?? asOf, asOf }
}

const read = operation({
  id: 'facts.read',
  method: 'get',
  path: '/facts/{ref+}',
  scope: 'read',
  summary: 'What is declared of one thing beside what is seen of it, with age, source and contradictions',
  input: z.object({ ref: RefSchema, ...moments }),
  output: z.object({ ref: z.string(), tellers: z.array(Teller), facts: z.array(FactAnswer), at: z.string(), asOf: z.string() }),
  run: async ({ ref, ...ask }, context: Context) => {
    const when = await momentsOf(ask, context)
    const statements = await context.catalog.statements({ refs: [ref] }, when.asOf)
    const [told] = await judgeAll(context, statements, when)
    if (!told)
      throw new Refusal('facts.nothing_told', `Nobody tells of ${ref}.`, {
        status: 404,
        fix: 'Check its name, or look for it in the catalogue.',
      })
    // A repository has a version for each state that was read; what it declares is dated by the last of them.
    const versions = refKind(ref) === 'repository' ? [] : (await context.catalog.versions(ref)).filter(({ at }) => at <= when.asOf)
    const standing = (fact: JudgedFact) => (value: string) => sinceWhen(ref, { fact: fact.fact, value }, versions)
    return {
      ref,
      tellers: statements.map(tellerOf),
      facts: told.facts.map((fact) => factAnswer(fact, standing(fact))),
      at: formatInstant(when.at),
      asOf: formatInstant(when.asOf),
    }
  },
})

const list = operation({
  id: 'contradictions',
  method: 'get',
  path: '/contradictions',
  scope: 'read',
  keep: true,
  summary: 'Components and repositories whose declaration is contradicted by another one or by what is seen',
  input: z.object({
    namespace: z.string().trim().toLowerCase().max(63).default('default'),
    code: z.enum(CONTRADICTIONS).optional(),
    ...moments,
    limit: z.coerce.number().int().min(1).max(1_000).default(100),
    offset: z.coerce.number().int().min(0).default(0),
  }),
  output: z.object({
    total: z.number().int(),
    /** How many there are of each code, whatever code is asked for. */
    byCode: z.array(z.object({ code: z.enum(CONTRADICTIONS), count: z.number().int() })),
    contradictions: z.array(z.object({ ref: z.string(), fact: z.string(), ...Contradiction.shape })),
    at: z.string(),
    asOf: z.string(),
  }),
  run: async ({ namespace, code, limit, offset, ...ask }, context: Context) => {
    const when = await momentsOf(ask, context)
    const all = await contradictionsIn(context, namespace, when)
    const wanted = code ? all.filter((one) => one.code === code) : all
    return {
      total: wanted.length,
      byCode: [...Map.groupBy(all, (one) => one.code)].map(([one, found]) => ({ code: one, count: found.length })),
      contradictions: wanted.slice(offset, offset + limit),
      at: formatInstant(when.at),
      asOf: formatInstant(when.asOf),
    }
  },
})

export const factOperations = [read, list] as const

function tellerOf(statement: EntityStatement): z.input<typeof Teller> {
  const { folder, origin, file, line, stands, since, seenAt } = statement
  return { folder, origin, file, line, stands, declares: declares(statement), since: formatInstant(since), seenAt: told(seenAt) }
}

function factAnswer(fact: JudgedFact, standingSince: (value: string) => number | null): z.input<typeof FactAnswer> {
  return {
    ...fact,
    declared: fact.declared.map(({ since, seenAt, ...one }) => ({
      ...one,
      since: formatInstant((one.stands ? standingSince(one.value) : null) ?? since),
      seenAt: told(seenAt),
    })),
    observed: fact.observed.map((one) => ({ ...one, seenAt: told(one.seenAt) })),
  }
}

function told(at: number | null): string | null {
  return at === null ? null : formatInstant(at)
}
