import * as z from 'zod'

/** A setting that is a list of names; on a command line they are written with semicolons between them. */
export const NameList = listOf(z.string().min(1).max(200))

/** A setting that is a list of anything written as text, with semicolons between. */
export function listOf<S extends z.ZodType>(item: S) {
  return z.preprocess(
    (value) =>
      typeof value === 'string'
        ? value
            .split(';')
            .map((name) => name.trim())
            .filter(Boolean)
        : value,
    z.array(item).max(100),
  )
}
