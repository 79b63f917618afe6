import * as z from 'zod'
import { formatInstant, InstantSchema, operation, RefSchema } from '../../core/index.ts'
import { ECOSYSTEMS } from '../packages/package.ts'
import { type Acting, type Context, knownBy, page } from './ask.ts'

const EcosystemName = z.enum(ECOSYSTEMS)
const User = z.object({
  ref: z.string(),
  title: z.string().nullable(),
  how: z.enum(['direct', 'through', 'untold']),
  development: z.boolean(),
  repository: z.string(),
  file: z.string(),
})
const Used = z.object({
  ecosystem: EcosystemName,
  name: z.string(),
  used: z.number().int(),
  versions: z.array(
    z.object({
      version: z.string().nullable(),
      asked: z.string().nullable(),
      because: z.string().nullable(),
      local: z.boolean(),
      users: z.array(User),
    }),
  ),
  more: z.number().int(),
})

const packagesOperation = operation({
  id: 'packages',
  method: 'get',
  path: '/packages',
  scope: 'read',
  summary: 'Which packages components are built of, by package and version, from lock files and manifests',
  input: z.object({
    /** The beginning of a name, or of its part behind scope, group or path. */
    name: z.string().trim().min(1).max(300).optional(),
    exact: z.stringbool().default(false),
    ecosystem: EcosystemName.optional(),
    /** A version or its first parts. */
    version: z.string().trim().min(1).max(200).optional(),
    component: RefSchema.optional(),
    asOf: InstantSchema.optional(),
    ...page,
  }),
  output: z.object({
    asOf: z.string(),
    total: z.number().int(),
    packages: z.array(Used),
    /** What the component that was asked for is built of in all, and the files that say so; no files: unknown. */
    built: z
      .object({
        packages: z.number().int(),
        direct: z.number().int(),
        development: z.number().int(),
        files: z.array(
          z.object({
            repository: z.string(),
            file: z.string(),
            ecosystem: EcosystemName,
            unread: z.string().nullable(),
            learned: z.string(),
          }),
        ),
      })
      .nullable(),
  }),
  run: async ({ asOf: then, ...ask }, context: Context) => {
    const { catalog } = context
    const asOf = await knownBy({ asOf: then }, context)
    const built = ask.component === undefined ? null : await catalog.builtOf(ask.component, asOf)
    return {
      asOf: formatInstant(asOf),
      ...(await catalog.packages(ask, asOf)),
      built: built && { ...built, files: built.files.map((file) => ({ ...file, learned: formatInstant(file.learned) })) },
    }
  },
})

/** Printable and without blanks: in no name or version of any ecosystem is there anything else. */
const Name = z.string().regex(/^[!-~]{1,300}$/)
/** What a store can keep as text. */
const isText = (text: string) => text.isWellFormed() && !text.includes('\0')
const Line = z
  .string()
  .max(400)
  .regex(/^[^\n]*$/)
  .refine(isText, 'is no text')
const File = z.string().min(1).max(4_000).refine(isText, 'is no text')
const Refs = z.array(RefSchema).max(10_000)

const tellOperation = operation({
  id: 'packages.tell',
  method: 'put',
  path: '/packages',
  scope: 'write',
  audit: 'packages.tell',
  bodyLimit: 100_000_000,
  summary: 'Replaces what a repository tells of packages; what stays the same is not touched',
  input: z.object({
    repository: RefSchema,
    files: z
      .array(
        z.object({
          file: File,
          ecosystem: EcosystemName,
          components: Refs,
          unread: Line.optional(),
          uses: z
            .array(
              z.object({
                name: Name,
                version: z
                  .string()
                  .regex(/^[!-~]{1,200}$/)
                  .nullable(),
                asked: Line.optional(),
                because: Line.optional(),
                local: z.boolean().optional(),
                direct: Refs,
                through: Refs,
                untold: Refs,
                development: Refs,
              }),
            )
            .max(1_000_000),
        }),
      )
      .max(10_000),
    publications: z
      .array(z.object({ component: RefSchema, ecosystem: EcosystemName, name: Name, file: File, private: z.boolean().optional() }))
      .max(10_000),
  }),
  output: z.object({ files: z.number().int(), begun: z.number().int(), ended: z.number().int() }),
  run: ({ repository, ...told }, { catalog, caller }: Acting) => catalog.tellPackages(repository, told, { by: caller.person }),
})

export const packageOperations = [packagesOperation, tellOperation] as const
