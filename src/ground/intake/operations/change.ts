import * as z from 'zod'
import { operation } from '../../core/index.ts'
import type { Context } from './context.ts'
import { ProgressView, progressView } from './pulls.ts'

/** What is given is changed, what is left out stays; empty or null: as if it had never been given. */
export const changeConnection = operation({
  id: 'connection.change',
  method: 'put',
  path: '/connections/{id}/settings',
  scope: 'admin',
  summary:
    'Changes the settings or the name of a connection; lists that are new are read a year back, those left out are not read any more',
  input: z.strictObject({
    id: z.string().max(40),
    name: z.string().max(200).optional(),
    settings: z.record(z.string().max(100), z.unknown()).default({}),
  }),
  output: z.object({
    id: z.string(),
    name: z.string(),
    settings: z.record(z.string(), z.unknown()),
    /** Settings that are others than before. */
    changed: z.array(z.string()),
    /** Lists that are read from the beginning now. */
    begun: z.array(z.string()),
    /** Lists that are not read any more; what they brought stays. */
    ended: z.array(z.string()),
    progress: ProgressView,
  }),
  audit: 'connection.change',
  run: async ({ id, ...given }, { intake, clock }: Context) => {
    const { connection, ...lists } = await intake.changeConnection(id, given)
    const { name, settings } = connection
    return { id, name, settings: { ...settings }, ...lists, progress: progressView(await intake.pulls(id), clock()) }
  },
})
