import { Refusal } from '../../../ground/core/index.ts'
import { dataCommand } from '../command.ts'
import { answer, table } from '../terminal.ts'

export default dataCommand(
  {
    name: 'token',
    description: 'Creates, lists and revokes tokens. From the first one on, everybody needs one.',
    examples: [
      'throughline token create --scope evidence:write --name pipeline',
      'throughline token list',
      'throughline token revoke <id>',
    ],
    args: {
      action: { type: 'positional', description: 'create, list or revoke', required: true },
      id: { type: 'positional', description: 'Which, for revoke', required: false },
      scope: { type: 'string', description: 'admin, read, write, evidence:write or gate; several with commas', default: 'read' },
      name: { type: 'string', description: 'What it is for', default: 'unnamed' },
      person: { type: 'string', description: 'Who acts with it', default: 'user:default/local' },
      expires: { type: 'string', description: 'When it ends, a date' },
    },
  },
  async (args, { client }) => {
    if (args.action === 'create') {
      const made = (await client.ask('token.create', {
        name: args.name,
        scopes: args.scope.split(','),
        person: args.person,
        expiresAt: args.expires,
      })) as { secret: string }
      answer(
        args.json,
        made,
        () => `${made.secret}\n\nShown once. Keep it safe; send it as "Authorization: Bearer …" or set THROUGHLINE_TOKEN.`,
      )
      return 0
    }
    if (args.action === 'list') {
      const listed = (await client.ask('token.list', {})) as {
        tokens: { id: string; name: string; person: string; scopes: string[]; revokedAt: string | null; expiresAt: string | null }[]
      }
      answer(args.json, listed, () =>
        listed.tokens.length === 0
          ? 'No tokens: only this machine can reach the server.'
          : table(
              ['id', 'name', 'person', 'scopes', 'state'],
              listed.tokens.map((token) => [
                token.id,
                token.name,
                token.person,
                token.scopes.join(', '),
                token.revokedAt ? 'revoked' : token.expiresAt ? `until ${token.expiresAt.slice(0, 10)}` : 'in use',
              ]),
            ),
      )
      return 0
    }
    if (args.action === 'revoke' && args.id) {
      const result = await client.ask('token.revoke', { id: args.id })
      answer(args.json, result, () => 'Revoked.')
      return 0
    }
    throw new Refusal('cli.token_action', `"${args.action}" is not something tokens can do.`, {
      fix: 'Use: token create | token list | token revoke <id>',
    })
  },
)
