import { type Claim, formatInstant, type Instant } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { momentOf } from '../../vision/index.ts'
import { claimsOf, type Told } from '../render/index.ts'
import { type Audience, tellBrief } from '../tell/brief.ts'
import { gatherFacts } from './facts.ts'

/** A brief with all its sentences in one list, the headline first. */
export type Brief = Told & { audience: Audience; claims: Claim[] }

/**
 * One truth at the length an audience needs. Told again with the same `asOf` it is the same brief.
 * @param ask `at` limits what happened, `asOf` what was known
 */
export async function briefOf(ground: Ground, ask: { audience: Audience; scope: string; at?: Instant; asOf?: Instant }): Promise<Brief> {
  const moment = await momentOf(ask, ground)
  const told = tellBrief(await gatherFacts(moment, ground, { story: ask.audience === 'engineering', changes: true }), ask.audience)
  return {
    audience: ask.audience,
    title: `Brief for ${ask.audience} readers`,
    scope: moment.scope,
    at: formatInstant(moment.at),
    asOf: formatInstant(moment.asOf),
    ...told,
    claims: claimsOf(told),
  }
}
