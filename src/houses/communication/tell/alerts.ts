import { type Claim, formatDuration, refName } from '../../../ground/core/index.ts'
import type { BurnAlert } from '../../reliability/index.ts'
import { claim, fromEntity } from './claims.ts'
import type { BriefFacts } from './facts.ts'
import { list } from './words.ts'

/** Services named in one sentence. */
const NAMED = 4

/** Error budgets that burned fast enough to wake somebody this week: those that still do first. */
export function alertClaims({ pages, at }: Pick<BriefFacts, 'pages' | 'at'>): Claim[] {
  const [first, ...rest] = [...new Set(pages.map(({ slo }) => slo))].map((slo) => fromEntity(slo, refName(slo)))
  if (!first) return []
  const ordered = [...pages].sort((a, b) => Number(b.endedAt === null) - Number(a.endedAt === null))
  const told = ordered.slice(0, NAMED).map((one) => words(one, at))
  const more = ordered.length - told.length
  const times = pages.length === 1 ? 'once' : `${pages.length} times`
  return [
    claim(
      `An error budget burned fast enough to wake somebody ${times} in the last week: ${list([...told, ...(more > 0 ? [`${more} more`] : [])])}.`,
      first,
      ...rest,
    ),
  ]
}

/** No burn: it goes on growing, and what was told as of a moment has to stay. */
function words({ service, slo, firedAt, endedAt }: BurnAlert, at: number): string {
  const lasted = formatDuration(((endedAt ?? at) - firedAt!) / 1000)
  return `${refName(service)} (${refName(slo)}; ${endedAt === null ? `still, since ${lasted}` : `for ${lasted}`})`
}
