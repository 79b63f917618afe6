import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import { type Caller, operation } from '../../ground/core/index.ts'
import type { Ground } from '../../ground/index.ts'
import { momentInput, momentOf } from '../vision/index.ts'
import { noteAfter, noteAnswer } from './store/answers.ts'
import { gatherFacts } from './store/facts.ts'

type Context = Ground & { caller: Caller }

const Key = z.string().min(1).max(20_000)
const Id = z.uuid()

/** What people say to the things that wait for a decision; the audit trail has who said it and when. */
export const decidingOperations = [
  operation({
    id: 'deciding.answer',
    method: 'post',
    path: '/deciding',
    scope: 'write',
    summary: 'Takes the default of something on Monday’s list, for four weeks, or asks its owner something about it',
    input: z.strictObject({
      scope: momentInput.scope,
      /** As Monday told it. */
      key: Key,
      /** Left out: the default is taken. */
      question: z.string().trim().min(1).max(1_000).optional(),
    }),
    output: z.object({
      by: z.string(),
      /** Of the question that was asked. */
      id: z.string().optional(),
    }),
    run: async ({ scope, key, question }, ground: Context) => {
      const { deciding } = await gatherFacts(await momentOf({ scope }, ground), ground, { story: false, changes: false })
      const by = ground.caller.person
      if (question === undefined) {
        await noteAnswer({ key, scope, does: 'keep' }, deciding, by, ground)
        return { by }
      }
      const id = randomUUID()
      await noteAnswer({ key, scope, does: 'ask', id, text: question }, deciding, by, ground)
      return { by, id }
    },
  }),
  operation({
    id: 'deciding.reopen',
    method: 'post',
    path: '/deciding/reopen',
    scope: 'write',
    summary: 'Takes back that a default was taken: it waits for a decision again',
    input: z.strictObject({ key: Key }),
    output: z.object({ by: z.string() }),
    run: async ({ key }, ground: Context) => {
      await noteAfter({ does: 'reopen', key }, ground.caller.person, ground, ground.clock())
      return { by: ground.caller.person }
    },
  }),
  operation({
    id: 'deciding.settle',
    method: 'post',
    path: '/deciding/settle',
    scope: 'write',
    summary: 'Calls a question settled, or takes that back',
    input: z.strictObject({ id: Id, settled: z.boolean().default(true) }),
    output: z.object({ by: z.string(), settled: z.boolean() }),
    run: async ({ id, settled }, ground: Context) => {
      await noteAfter({ does: settled ? 'settle' : 'ask', id }, ground.caller.person, ground, ground.clock())
      return { by: ground.caller.person, settled }
    },
  }),
] as const
