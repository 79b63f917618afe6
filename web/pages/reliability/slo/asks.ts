import { type Answer, ask } from '../../../api/index.ts'
import { momentOf, type Search } from '../../../app/search.ts'

export type SloPage = Answer<'slo.page'>
export type Step = SloPage['steps'][number]

export const sloAsk = (search: Search, { namespace, name }: Record<string, string | undefined>) => {
  const { asOf } = momentOf(search)
  return ask('slo.page', {
    ref: `slo:${namespace}/${name}`,
    ...(search.objective ? { objective: search.objective } : {}),
    ...(asOf ? { asOf } : {}),
  })
}
export const sloAsks = (search: Search, names: Record<string, string | undefined>) => [sloAsk(search, names)]
