import { refKind } from '../../../ground/core/index.ts'
import type { Ref } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import type { Moment } from '../../vision/index.ts'
import { type OutcomeGap, type Worth, worthOf } from '../decide/worth.ts'
import { type InvestmentIntent, readInvestment } from '../intent/index.ts'
import { gapsOf } from './gaps.ts'

/** All investments of a namespace with what each is worth for the outcomes it serves. */
export interface Weighed {
  investments: InvestmentIntent[]
  /** Every outcome that any of them serves. */
  gaps: ReadonlyMap<Ref, OutcomeGap>
  worths: ReadonlyMap<Ref, Worth>
}

/** Investments of a namespace that are read at once. */
const MOST = 2_000
/** Moments whose answer is kept: whoever moves a slider asks the same moment again and again. */
const MOST_KEPT = 8

const kept = new WeakMap<Ground['store'], Map<string, Promise<Weighed>>>()

/** Weighs the investments of a namespace; one moment is read once, since what was known by then stays the same. */
export function weighed(moment: Moment, context: Ground): Promise<Weighed> {
  const here = kept.get(context.store) ?? new Map<string, Promise<Weighed>>()
  kept.set(context.store, here)
  const key = JSON.stringify([moment.scope, moment.at, moment.asOf])
  const known = here.get(key)
  if (known) return known
  const weighing = read(moment, context)
  here.set(key, weighing)
  for (const other of here.keys()) if (here.size > MOST_KEPT) here.delete(other)
  weighing.catch(() => here.delete(key))
  return weighing
}

async function read(moment: Moment, context: Ground): Promise<Weighed> {
  const entities = await context.catalog.list({ kind: 'investment', namespace: moment.scope, limit: MOST }, moment.asOf)
  const investments = entities.flatMap((entity) => readInvestment(entity) ?? [])
  const served = investments.flatMap(({ serves }) => serves).filter((ref) => refKind(ref) === 'outcome')
  const gaps = await gapsOf(served, moment, context)
  return { investments, gaps, worths: new Map(investments.map((investment) => [investment.ref, worthOf(investment, gaps)])) }
}
