import * as z from 'zod'
import { type Caller, formatInstant, operation } from '../core/index.ts'
import type { PersonStatement } from '../identity/index.ts'
import { EVIDENCE_KINDS } from '../ledger/index.ts'
import { areUsersBehind, joinUsers } from './declared.ts'
import { erasePerson, type PeopleGround } from './erase.ts'
import { programsKnown } from './programs.ts'

type Context = PeopleGround & { caller: Caller }

const Name = z.string().trim().min(1).max(400)
const StatementView = z.object({
  id: z.number().int(),
  says: z.enum(['same', 'apart', 'person', 'bot', 'agent']),
  /** A pseudonym, a ref, or the name of a program. */
  alias: z.string(),
  other: z.string().nullable(),
  by: z.string(),
  at: z.string(),
})

export const readPeople = operation({
  id: 'people.read',
  method: 'get',
  path: '/people',
  scope: 'read',
  summary: 'How many names were joined to how many people and why, what was said by hand, and which authors are programs',
  input: z.strictObject({}),
  output: z.object({
    /** People known by more than one name. */
    people: z.number().int(),
    aliases: z.number().int(),
    joins: z.array(z.object({ origin: z.enum(['mailmap', 'signature', 'noreply', 'catalog', 'hand']), count: z.number().int() })),
    byHand: z.array(StatementView),
    programs: z.array(
      z.object({ name: z.string(), kind: z.enum(['bot', 'agent', 'person']), commits: z.number().int(), by: z.enum(['rule', 'hand']) }),
    ),
  }),
  run: async (_, context: Context) => {
    const { identity, store } = context
    if (await areUsersBehind(context)) await joinUsers(context)
    return {
      ...(await identity.people.summary()),
      byHand: (await identity.people.byHand()).map(viewOf),
      programs: await programsKnown(store),
    }
  },
})

export const mergePeople = operation({
  id: 'people.merge',
  method: 'post',
  path: '/people/merge',
  scope: 'admin',
  summary: 'Says that two names (mail address, handle or ref) are one person; can be undone',
  input: z.strictObject({ name: Name, other: Name }),
  output: StatementView,
  run: ({ name, other }, context: Context) =>
    recorded('people.merge', context, () => context.identity.people.merge(name, other, context.caller.person)),
})

export const splitPeople = operation({
  id: 'people.split',
  method: 'post',
  path: '/people/split',
  scope: 'admin',
  summary: 'Says that a name is somebody of their own, whatever joined it with others; can be undone',
  input: z.strictObject({ name: Name }),
  output: StatementView,
  run: ({ name }, context: Context) => recorded('people.split', context, () => context.identity.people.split(name, context.caller.person)),
})

export const correctPeople = operation({
  id: 'people.correct',
  method: 'post',
  path: '/people/correct',
  scope: 'admin',
  summary: 'Says that an author is a person, a bot or a coding agent, whatever the rules made of it; can be undone',
  input: z.strictObject({ name: Name, kind: z.enum(['person', 'bot', 'agent']) }),
  output: StatementView,
  run: ({ name, kind }, context: Context) =>
    recorded('people.correct', context, () => context.identity.people.correct(name, kind, context.caller.person)),
})

export const undoPeople = operation({
  id: 'people.undo',
  method: 'post',
  path: '/people/undo',
  scope: 'admin',
  summary: 'Takes back what was said of people by hand',
  input: z.strictObject({ id: z.coerce.number().int().positive() }),
  output: StatementView,
  run: ({ id }, context: Context) => recorded('people.undo', context, () => context.identity.people.undo(id)),
})

export const tellPeople = operation({
  id: 'people.tell',
  method: 'post',
  path: '/people/tell',
  scope: 'evidence:write',
  summary: 'Joins names that evidence says are one person’s: a mailmap, or who signs commits by two addresses',
  input: z.strictObject({ origin: z.enum(['mailmap', 'signature']), pairs: z.array(z.tuple([Name, Name])).max(10_000) }),
  output: z.object({ joined: z.number().int() }),
  run: async ({ origin, pairs }, { identity, caller }: Context) => ({ joined: await identity.people.told(pairs, origin, caller.person) }),
})

const Places = z.array(z.object({ place: z.string(), rows: z.number().int() }))

/** Not audited by the door: it would hold the store in one transaction, and name the person. */
export const erasePeople = operation({
  id: 'people.erase',
  method: 'post',
  path: '/people/erase',
  scope: 'admin',
  summary: 'Erases a person everywhere for good, or with `confirm: false` tells what that would be',
  input: z.strictObject({
    /** Mail address, handle or ref. */
    person: Name,
    /** Further names of the same person. */
    also: z.array(Name).max(50).default([]),
    confirm: z.boolean().default(false),
  }),
  output: z.object({
    done: z.boolean(),
    names: z.number().int(),
    users: z.array(z.string()),
    /** `kept`: stay without the person; `deleted`: told of nothing else. */
    records: z.partialRecord(z.enum(EVIDENCE_KINDS), z.object({ kept: z.number().int(), deleted: z.number().int() })),
    documents: z.number().int(),
    rejects: z.number().int(),
    tokens: z.number().int(),
    elsewhere: Places,
    remains: Places,
    notes: z.array(z.string()),
  }),
  run: async ({ person, also, confirm }, context: Context) => {
    await joinUsers(context)
    return erasePerson(context, { person, also, dryRun: !confirm }, context.caller)
  },
})

/** Writes the audit entry here, because the door would name the person in it. */
async function recorded(
  verb: string,
  { identity, store, caller }: Context,
  act: () => Promise<PersonStatement>,
): Promise<z.output<typeof StatementView>> {
  return store.transaction(async () => {
    const said = await act()
    await identity.audit({
      person: caller.person,
      verb,
      target: said.alias,
      detail: { id: said.id, says: said.says, ...(said.other ? { other: said.other } : {}) },
    })
    return viewOf(said)
  })
}

function viewOf({ id, says, alias, other, by, at }: PersonStatement): z.output<typeof StatementView> {
  return { id, says, alias, other, by, at: formatInstant(at) }
}

/** What callers may do with people. */
export const peopleOperations = [readPeople, mergePeople, splitPeople, correctPeople, undoPeople, tellPeople, erasePeople] as const
