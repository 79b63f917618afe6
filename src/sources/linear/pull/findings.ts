import * as z from 'zod'
import type { Finding, Remote } from '../../../ground/intake/index.ts'
import { ALL_TEAMS, type LinearSettings } from '../settings.ts'
import { ask } from './graphql.ts'
import { VIEWER } from './queries.ts'

const Seen = z.looseObject({
  organization: z.looseObject({ name: z.string() }),
  teams: z.looseObject({ nodes: z.array(z.looseObject({ key: z.string() })) }),
})

/** Whether the API key is accepted, and which teams it sees. */
export async function findings({ readTeams }: LinearSettings, remote: Remote): Promise<Finding[]> {
  if (readTeams.length === 0) return [{ ok: true, what: 'Nothing is to be read: this connection waits for webhooks alone.' }]
  const { organization, teams } = (await ask(remote, Seen, VIEWER, {}))!
  const seen = teams.nodes.map(({ key }) => key)
  const wanted = readTeams.filter((team) => team !== ALL_TEAMS)
  const missing = wanted.filter((team) => !seen.includes(team))
  const found = readTeams.includes(ALL_TEAMS) ? seen : wanted.filter((team) => seen.includes(team))
  return [
    { ok: true, what: `The API key is accepted, in the workspace ${organization.name}.` },
    ...(found.length > 0
      ? [{ ok: true, what: `It sees the teams ${found.slice(0, 20).join(', ')}${found.length > 20 ? ' …' : ''}.` }]
      : []),
    ...missing.map((team) => ({
      ok: false,
      what: `It sees no team with the key ${team}.`,
      fix: 'Write the key as it stands before the number of its issues, or give the API key access to this team.',
    })),
    ...(found.length === 0 && missing.length === 0
      ? [{ ok: false, what: 'It sees no team.', fix: 'Give the API key access to the teams that are meant.' }]
      : []),
  ]
}
