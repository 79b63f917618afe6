import type * as z from 'zod'
import { Refusal } from '../../core/index.ts'
import type { RemoteAnswer } from './remote.ts'

/** The part of an answer that is used; what does not fit names the field and where it was asked for. */
export function shaped<S extends z.ZodType>(schema: S, { body, url }: Pick<RemoteAnswer, 'body' | 'url'>): z.output<S> {
  const read = schema.safeParse(body)
  if (read.success) return read.data
  const [issue] = read.error.issues
  throw new Refusal(
    'pull.unreadable',
    `The answer at ${new URL(url).pathname} is not what was expected: ${issue!.path.join('.') || 'it'} ${issue!.message}`,
    {
      status: 502,
      fix: 'Check the base address. If it is right, the other side has changed its answers: report it.',
    },
  )
}
