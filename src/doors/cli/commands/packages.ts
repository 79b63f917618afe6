import pc from 'picocolors'
import type { OutputOf } from '../../client/index.ts'
import { dataCommand } from '../command.ts'
import { answer, counted } from '../terminal.ts'

type Found = OutputOf<'packages'>
type Used = Found['packages'][number]

/** Components named for one version before the rest is counted. */
const NAMED = 12

export default dataCommand(
  {
    name: 'packages',
    description:
      'Tells who is built on a package, and in which versions; or what one component is built of. From lock files and manifests that were scanned.',
    examples: [
      'throughline packages log4j-core',
      'throughline packages react --exact --version 18',
      'throughline packages --component component:default/checkout',
    ],
    args: {
      name: { type: 'positional', description: 'The beginning of a name, or of its part behind scope, group or path', required: false },
      component: { type: 'string', description: 'Only what this component or repository is built of' },
      ecosystem: { type: 'string', description: 'cargo, golang, maven, npm or pypi' },
      version: { type: 'string', description: 'A version, or its first parts: 2.17 is 2.17 and 2.17.1' },
      exact: { type: 'boolean', description: 'Only packages of exactly this whole name', default: false },
      limit: { type: 'string', description: 'How many packages', default: '50' },
      offset: { type: 'string', description: 'How many to pass over', default: '0' },
      'as-of': { type: 'string', description: 'As it was known by then' },
    },
  },
  async (args, { client }) => {
    const { name, component, ecosystem, version, limit, offset } = args
    const found = await client.ask('packages', {
      name,
      component,
      ecosystem,
      version,
      exact: String(args.exact),
      limit,
      offset,
      asOf: args['as-of'],
    })
    answer(args.json, found, () => told(found, Number(offset)))
    return found.total > 0 ? 0 : 1
  },
)

function told(found: Found, offset: number): string {
  const { built, packages, total } = found
  const lines = built ? [...summary(built), ''] : []
  if (packages.length === 0)
    return [...lines, built && built.files.length === 0 ? '' : 'No such package was found in what was scanned.'].join('\n').trim()
  const left = total - offset - packages.length
  return [
    ...lines,
    ...packages.map((one) => (built ? ofOne(one) : ofAll(one))),
    ...(left > 0 ? [pc.dim(`and ${counted(left, 'more package')}: --offset ${offset + packages.length}`)] : []),
  ].join('\n')
}

function summary({ packages, direct, development, files }: NonNullable<Found['built']>): string[] {
  if (files.length === 0)
    return ['No lock file or manifest of it was read: what it is built of is unknown. "throughline scan" reads a repository.']
  return [
    `${counted(packages, 'package')}, ${direct.toLocaleString('en-GB')} asked for directly, ${development.toLocaleString('en-GB')} for development alone`,
    ...files.map(({ file, unread }) => pc.dim(`  ${file}${unread === null ? '' : `: not read, because ${unread}`}`)),
  ]
}

/** One line a package: what this component has of it. */
function ofOne({ ecosystem, name, versions }: Used): string {
  return `${name} ${pc.dim(ecosystem)}  ${versions.map((one) => `${versionText(one)} ${pc.dim(howText(one.users))}`).join(', ')}`
}

function ofAll({ ecosystem, name, used, versions, more }: Used): string {
  return [
    `${pc.bold(name)} ${pc.dim(`${ecosystem}, in ${counted(used, 'component')}`)}`,
    ...versions.map((one) => {
      const refs = [...Map.groupBy(one.users, ({ ref }) => ref)]
      const named = refs.slice(0, NAMED).map(([ref, users]) => `${ref} ${pc.dim(howText(users))}`)
      return `  ${versionText(one)}\n    ${[...named, ...(refs.length > NAMED ? [`and ${refs.length - NAMED} more`] : [])].join('\n    ')}`
    }),
    ...(more > 0 ? [pc.dim(`  and ${counted(more, 'more component')}`)] : []),
  ].join('\n')
}

function versionText({ version, asked, because }: Used['versions'][number]): string {
  if (version !== null) return version
  return `version unknown${asked ? ` (asked for: ${asked})` : ''}${because ? pc.dim(`: ${because}`) : ''}`
}

function howText(users: Used['versions'][number]['users']): string {
  const words = { direct: 'direct', through: 'through others', untold: 'who asks is not told' }
  const [how = 'untold'] = (['direct', 'through', 'untold'] as const).filter((one) => users.some((user) => user.how === one))
  return `${words[how]}${users.every(({ development }) => development) ? ', development' : ''}`
}
