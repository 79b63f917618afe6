import { ask, type Answer } from '../../api/index.ts'
import { momentOf, type Search } from '../../app/search.ts'

/** Packages on one page of a component. */
export const SHOWN = 25

export type Packages = Answer<'packages'>
export type UsedPackage = Packages['packages'][number]

export function pageOf(search: Search): number {
  return Math.max(1, Math.min(10_000, Math.trunc(Number(search.packagePage)) || 1))
}

/** What one component is built of, direct ones first. */
export const builtOfAsk = (component: string, search: Search) => {
  const { asOf } = momentOf(search)
  const name = search.package?.trim().slice(0, 300)
  return ask('packages', {
    component,
    limit: SHOWN,
    offset: (pageOf(search) - 1) * SHOWN,
    ...(name ? { name } : {}),
    ...(asOf ? { asOf } : {}),
  })
}

/** A package in an address: `npm:react`. */
export function packageKey({ ecosystem, name }: Pick<UsedPackage, 'ecosystem' | 'name'>): string {
  return `${ecosystem}:${name}`
}

const ECOSYSTEMS = ['cargo', 'golang', 'maven', 'npm', 'pypi'] as const

/** Reads it back; null for what names none. */
export function packageIn(key: string | undefined): Pick<UsedPackage, 'ecosystem' | 'name'> | null {
  const [, type, name = ''] = /^([a-z]+):(.{1,300})$/.exec(key ?? '') ?? []
  const ecosystem = ECOSYSTEMS.find((one) => one === type)
  return ecosystem ? { ecosystem, name } : null
}

/** Who else uses a package, and in which versions. */
export const usersAsk = ({ ecosystem, name }: Pick<UsedPackage, 'ecosystem' | 'name'>, search: Search) => {
  const { asOf } = momentOf(search)
  return ask('packages', { ecosystem, name, exact: 'true', limit: 5, ...(asOf ? { asOf } : {}) })
}

/** `direct` before `through others`: the closest way in which any file says that it is there. */
export function howOf(users: UsedPackage['versions'][number]['users']): string {
  const words = { direct: 'asked for directly', through: 'through others', untold: 'not told who asks' }
  const how = (['direct', 'through', 'untold'] as const).find((one) => users.some((user) => user.how === one)) ?? 'untold'
  return users.length > 0 && users.every(({ development }) => development) ? `${words[how]}, for development` : words[how]
}
