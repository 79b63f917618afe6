import { server } from './client.ts'

/** Who this browser acts for. Without tokens everybody at the machine may do everything. */
export interface Session {
  guarded: boolean
  person: string | null
  scopes: readonly string[]
  /** How the command line is called where the server was started; told to those who may come in. */
  command?: string
}

export async function readSession(): Promise<Session> {
  return (await server.fetch('/api/session')).json()
}

/** Exchanges a token for a session cookie that scripts cannot read. */
export async function openSession(token: string): Promise<Session> {
  return (
    await server.fetch('/api/session', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ token }) })
  ).json()
}

/** Ends the session of this browser. */
export async function closeSession(): Promise<Session> {
  return (await server.fetch('/api/session', { method: 'DELETE' })).json()
}
