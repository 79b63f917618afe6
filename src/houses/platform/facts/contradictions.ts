import type { GapFinder } from '../../../ground/catalog/index.ts'
import type { Ref } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'

import { CONTRADICTIONS, type ContradictionCode } from '../decide/index.ts'
import { type FactContext, judgeAll, type Moments } from './judge.ts'

export interface FoundContradiction {
  code: ContradictionCode
  ref: Ref
  fact: string
  message: string
  fix: string
}

/** Kinds of which facts are told. */
const KINDS = ['component', 'repository']

/** Everything in a namespace whose declaration is contradicted by what is seen, the most telling codes first. */
export async function contradictionsIn(context: FactContext, namespace: string, moments: Moments): Promise<FoundContradiction[]> {
  const statements = []
  for (const kind of KINDS) statements.push(...(await context.catalog.statements({ kind, namespace }, moments.asOf)))
  const told = await judgeAll(context, statements, moments)
  return told
    .flatMap(({ ref, facts }) => facts.flatMap(({ fact, contradictions }) => contradictions.map((one) => ({ ref, fact, ...one }))))
    .sort((one, other) => CONTRADICTIONS.indexOf(one.code) - CONTRADICTIONS.indexOf(other.code) || (one.ref < other.ref ? -1 : 1))
}

/** The same as holes; who left, and names nobody declares, are found as holes of their own. */
export function contradictionGaps(context: FactContext & Pick<Ground, 'clock'>): GapFinder {
  return {
    code: 'contradiction',
    async find({ namespace, at, asOf = context.clock() }) {
      const found = await contradictionsIn(context, namespace, { at, asOf })
      return found
        .filter(({ code }) => code !== 'owner_left' && code !== 'owner_undeclared')
        .map(({ code, ref, message, fix }) => ({ code, ref, message: `${ref}: ${message}`, fix }))
    },
  }
}
