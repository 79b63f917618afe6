import { ask } from '../../api/index.ts'
import { type Search, standpointOf } from '../../app/search.ts'

export const connectionsAsk = () => ask('connection.list', {})
export const kindsAsk = () => ask('source.list', {})
export const connectionAsk = (id: string) => ask('connection.read', { id })

export const coverageAsk = (search: Search) => ask('coverage', { namespace: standpointOf(search).scope ?? 'default' })

export const sourcesAsks = (search: Search) => [connectionsAsk(), kindsAsk(), coverageAsk(search)]
export const connectAsks = () => [kindsAsk()]
export const connectionAsks = (_: unknown, { id = '' }: Record<string, string>) => [connectionAsk(id), kindsAsk()]
