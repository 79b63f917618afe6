import { type Answer, ask } from '../../../api/index.ts'
import { type Search, standpointOf } from '../../../app/search.ts'

export type Inbox = Answer<'burn.alerts'>
export type Alert = Inbox['standing'][number]
export type Silence = Inbox['silences'][number]
export type Destination = Inbox['destinations'][number]

export const alertsAsk = (search: Search) => ask('burn.alerts', { scope: scopeOf(search) })
export const alertsAsks = (search: Search) => [alertsAsk(search)]

export function scopeOf(search: Search): string {
  return standpointOf(search).scope ?? 'default'
}
