import type { ArgsDef } from 'citty'
import { nearestWord, Refusal } from '../../ground/core/index.ts'

/** Refuses options and arguments a command does not have: passed over in silence, they would be answered by something else. */
export function refuseStrangers(
  command: string,
  options: ArgsDef,
  given: { rawArgs: readonly string[]; positionals: readonly string[]; several: boolean },
): void {
  const help = `"throughline ${command} --help" lists what it takes.`
  const known = Object.entries(options).flatMap(([name, { type }]) => (type === 'positional' ? [] : [name]))
  const end = given.rawArgs.indexOf('--')
  for (const argument of end === -1 ? given.rawArgs : given.rawArgs.slice(0, end)) {
    const name = /^--([^=]+)/.exec(argument)?.[1] ?? /^-([a-z])$/i.exec(argument)?.[1]
    if (name === undefined || known.includes(name.replace(/^no-/, ''))) continue
    const near = nearestWord(name, known)
    throw new Refusal('cli.unknown_option', `"${command}" has no option "${argument.replace(/=.*/s, '')}".`, {
      fix: near ? `Did you mean "--${near}"? ${help}` : help,
    })
  }
  const most = Object.values(options).filter(({ type }) => type === 'positional').length
  const surplus = given.several ? undefined : given.positionals[most]
  if (surplus !== undefined) throw new Refusal('cli.too_much', `"${command}" has no use for "${surplus}".`, { fix: help })
}

/** Every value an option was given, in order. */
export function repeated(rawArgs: readonly string[], name: string): string[] {
  return rawArgs.flatMap((argument, index) => {
    if (argument === `--${name}`) return rawArgs[index + 1] ?? []
    return argument.startsWith(`--${name}=`) ? argument.slice(name.length + 3) : []
  })
}
