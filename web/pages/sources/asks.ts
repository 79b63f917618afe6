import { ask } from '../../api/index.ts'

export const connectionsAsk = () => ask('connection.list', {})
export const kindsAsk = () => ask('source.list', {})
export const connectionAsk = (id: string) => ask('connection.read', { id })

export const sourcesAsks = () => [connectionsAsk(), kindsAsk()]
export const connectAsks = () => [kindsAsk()]
export const connectionAsks = (_: unknown, { id = '' }: Record<string, string>) => [connectionAsk(id), kindsAsk()]
