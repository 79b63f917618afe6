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

/** Things judged in one go: an embedded store has one connection, and others want it in between. */
const SLICE = 500

/** Everything in a namespace whose declaration is contradicted by what is seen, the most telling codes first. */
export async function contradictionsIn(context: FactContext, namespace: string, moments: Moments): Promise<FoundContradiction[]> {
  const refs: Ref[] = []
  for (const kind of KINDS) refs.push(...(await context.catalog.refs({ kind, namespace }, moments.asOf)))
  refs.sort() // those of one repository are mostly named alike
  const found: FoundContradiction[] = []
  for (let from = 0; from < refs.length; from += SLICE) {
    const statements = await context.catalog.statements({ refs: refs.slice(from, from + SLICE) }, moments.asOf)
    for (const { ref, facts } of await judgeAll(context, statements, moments))
      found.push(...facts.flatMap(({ fact, contradictions }) => contradictions.map((one) => ({ ref, fact, ...one }))))
  }
  return found.sort((one, other) => CONTRADICTIONS.indexOf(one.code) - CONTRADICTIONS.indexOf(other.code) || (one.ref < other.ref ? -1 : 1))
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
