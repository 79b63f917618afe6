import * as z from 'zod'
import { operation, RefSchema, Refusal, refNamespace } from '../../ground/core/index.ts'
import type { Ground } from '../../ground/index.ts'
import { momentInput, momentOf, stamp, stampShape } from '../vision/index.ts'
import { weighed } from './store/investments.ts'
import { portfolio } from './store/portfolio.ts'
import { investmentView, InvestmentView } from './tell/investment-view.ts'
import { PortfolioView } from './tell/portfolio-view.ts'

/** `faster=12,safer`: outcomes by name or ref, each with a number or without. */
const PerOutcome = z
  .string()
  .max(4_000)
  .default('')
  .transform((text, context) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter(Boolean)
      .map((part) => {
        const [outcome = '', amount, ...rest] = part.split('=').map((piece) => piece.trim())
        const number = amount === undefined ? null : Number(amount)
        if (outcome === '' || rest.length > 0 || amount === '' || (number !== null && !(number >= 0 && number <= 1_000_000)))
          context.addIssue({ code: 'custom', message: `"${part}" cannot be read; write an outcome, or an outcome and a number: faster=12` })
        return { outcome, amount: number }
      }),
  )

const Amount = z.coerce.number().min(0).max(1e15)
/** More draws than this tell nothing new: at 5,000 a share is known to 1.4 points. */
const MOST_RESAMPLES = 5_000

export const investmentOperations = [
  operation({
    id: 'portfolio',
    method: 'get',
    path: '/portfolio',
    scope: 'read',
    summary:
      'Which open investments to choose within people-weeks, money and floors for outcomes: worth most by what they close of the gaps, what else could be chosen, and how often each is chosen when every input is off by up to a half',
    input: z.object({
      ...momentInput,
      peopleWeeks: Amount.optional(),
      money: Amount.optional(),
      currency: z
        .string()
        .trim()
        .toUpperCase()
        .regex(/^[A-Z]{3}$/, 'a currency is three letters, for example EUR')
        .optional(),
      /** Outcomes something has to be done for: `faster=12` people-weeks at least, `faster` one investment at least. */
      floor: PerOutcome,
      /** What closing the gap of an outcome counts; 1 where nothing is said. */
      weight: PerOutcome,
      resamples: z.coerce.number().int().min(0).max(MOST_RESAMPLES).default(500),
      /** Whether to wait for all resamples; else the answer tells how many are done, and asking again tells more. */
      wait: z.stringbool().default(true),
    }),
    output: PortfolioView,
    run: async ({ scope, at, asOf, floor, weight, ...ask }, context: Ground) =>
      portfolio({ ...ask, floors: floor, weights: weight }, await momentOf({ scope, at, asOf }, context), context),
  }),
  operation({
    id: 'investment.list',
    method: 'get',
    path: '/investments',
    scope: 'read',
    keep: true,
    summary: 'All investments of a namespace: state, cost, what they serve, what they are expected to change and what that is worth',
    input: z.object({ ...momentInput }),
    output: z.object({ ...stampShape, investments: z.array(InvestmentView) }),
    run: async (ask, context: Ground) => {
      const when = await momentOf(ask, context)
      const { investments, gaps, worths } = await weighed(when, context)
      return {
        ...stamp(when),
        investments: investments.map((one) => investmentView(one, { gaps, worth: worths.get(one.ref)!, at: when.at })),
      }
    },
  }),
  operation({
    id: 'investment.read',
    method: 'get',
    path: '/investments/{ref+}',
    scope: 'read',
    summary: 'One investment: what it is expected to change, what it costs, what it needs, the work that is linked to it',
    input: z.object({ ref: RefSchema, at: momentInput.at, asOf: momentInput.asOf }),
    output: z.object({
      ...stampShape,
      investment: InvestmentView,
      /** Others that need it. */
      neededBy: z.array(z.object({ ref: z.string(), title: z.string() })),
      /** Titles of the investments it names. */
      titles: z.record(z.string(), z.string()),
      /** Records that are linked to it, by how and what. */
      records: z.array(z.object({ type: z.string(), kind: z.string(), count: z.number().int() })),
    }),
    run: async ({ ref, ...asked }, context: Ground) => {
      const when = await momentOf({ scope: refNamespace(ref), ...asked }, context)
      const { investments, gaps, worths } = await weighed(when, context)
      const found = investments.find((one) => one.ref === ref)
      if (!found)
        throw new Refusal('investment.not_found', `${ref} is not an investment known here`, {
          status: 404,
          fix: 'See all of them with "throughline portfolio" or under /api/investments.',
          path: 'ref',
        })
      const { records } = await context.catalog.relations(ref, when.asOf)
      const titleOf = new Map(investments.map((one) => [one.ref, one.title]))
      return {
        ...stamp(when),
        investment: investmentView(found, { gaps, worth: worths.get(ref)!, at: when.at }),
        neededBy: investments.filter(({ dependsOn }) => dependsOn.includes(ref)).map((one) => ({ ref: one.ref, title: one.title })),
        titles: Object.fromEntries([...found.dependsOn, ...found.excludes].map((other) => [other, titleOf.get(other) ?? other])),
        records,
      }
    },
  }),
] as const
