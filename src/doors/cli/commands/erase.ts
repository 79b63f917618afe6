import type { OutputOf } from '../../client/index.ts'
import { dataCommand } from '../command.ts'
import { answer } from '../terminal.ts'

type Erasure = OutputOf<'people.erase'>

export default dataCommand(
  {
    name: 'erase',
    description:
      'Erases a person everywhere, for good: without --yes it tells what that would be. Records of work stay without the person; what tells of nothing else is deleted; the same evidence does not bring the person back.',
    examples: ['throughline erase dev-1@example.org', 'throughline erase dev-1@example.org --also dev-1,"Dev One" --yes'],
    args: {
      person: { type: 'positional', description: 'Mail address, handle or ref', required: true },
      also: { type: 'string', description: 'Further names of the same person, with commas between' },
      yes: { type: 'boolean', description: 'Do it; it cannot be undone', default: false },
    },
  },
  async (args, { client }) => {
    const also = (args.also ?? '').split(',').map((name) => name.trim())
    const erasure = await client.call('people.erase', { person: args.person, also: also.filter(Boolean), confirm: args.yes })
    answer(args.json, erasure, () => wordsOf(erasure))
    return nothingIn(erasure) ? 1 : 0
  },
)

function nothingIn({ records, users, documents, rejects, tokens, elsewhere }: Erasure): boolean {
  return Object.keys(records).length + users.length + documents + rejects + tokens + elsewhere.length === 0
}

function wordsOf(erasure: Erasure): string {
  const { done, names, users, records, documents, rejects, tokens, elsewhere, remains, notes } = erasure
  const lines = [
    ...Object.entries(records).map(([kind, { kept, deleted }]) => `${kind}: ${kept} stay without the person, ${deleted} deleted`),
    ...users.map((ref) => `${done ? 'an entity' : ref}: deleted, with all its versions`),
    ...counted(documents, 'version of other entities', 'versions of other entities'),
    ...counted(rejects, 'rejected line deleted', 'rejected lines deleted'),
    ...counted(tokens, 'token ended', 'tokens ended'),
    ...elsewhere.map(({ place, rows }) => `${place}: ${rows}`),
  ]
  const head = done ? `Erased, by ${names} names:` : `This would be erased, by ${names} names:`
  return [
    nothingIn(erasure) ? 'Nothing here names this person.' : head,
    ...lines.map((line) => `  ${line}`),
    ...(remains.length ? ['Still spelled the same:', ...remains.map(({ place, rows }) => `  ${place}: ${rows}`)] : []),
    ...(nothingIn(erasure) && !done ? [] : notes),
    ...(done || nothingIn(erasure) ? [] : ['Say --yes to do it. It cannot be undone.']),
  ].join('\n')
}

function counted(count: number, one: string, many: string): string[] {
  return count === 0 ? [] : [`${count} ${count === 1 ? one : many}`]
}
