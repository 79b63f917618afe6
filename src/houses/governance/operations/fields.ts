import * as z from 'zod'
import { type Caller, ComponentRefSchema } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import { PURPOSES } from '../intent/index.ts'

/** The ground, and who acts on it. */
export type Acting = Ground & { caller: Caller }

export const Environment = z.string().trim().toLowerCase().min(1).max(100).default('production')
export const Commit = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[0-9a-f]{7,64}$/, 'a commit is named by 7 to 64 hexadecimal digits')
  .optional()

/** Words as a list, or as one text with commas. */
export const List = z
  .union([z.string().max(4_000), z.array(z.string().max(400)).max(50)])
  .default([])
  .transform((words) =>
    [words]
      .flat()
      .flatMap((text) => text.split(','))
      .map((text) => text.trim())
      .filter(Boolean),
  )

export const release = {
  component: ComponentRefSchema,
  environment: Environment,
  commit: Commit,
  /** Incidents it fixes: those do not hold it. */
  fixes: List,
  purpose: z.enum(PURPOSES).optional(),
}
