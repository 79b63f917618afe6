import { randomBytes } from 'node:crypto'
import { Refusal } from '../../core/index.ts'
import type { SecretField, Secrets, SourceDefinition } from './source.ts'

/** Secret of every connection: the part of its address nobody can guess. */
export const KEY = 'address'

/** A new address, and new secrets where this side makes them. */
export function madeHere({ secrets }: Pick<SourceDefinition, 'secrets'>): Secrets {
  const made = secrets.filter((field) => field.made === 'here').map(({ name, form }) => [name, madeSecret(form)])
  return { [KEY]: randomBytes(24).toString('base64url'), ...Object.fromEntries(made) }
}

/** The secrets of a new connection: those that were given, and those made here. Refuses where one is missing. */
export function firstSecrets(source: SourceDefinition, given: Secrets): Secrets {
  const known: Record<string, string> = { ...madeHere(source) }
  for (const { name, label, made, optional, afterwards } of source.secrets) {
    const own = given[name]?.trim()
    if (own) known[name] = own
    else if (made === 'there' && !optional && !afterwards)
      throw new Refusal('source.secret_missing', `${source.title} needs its ${label}.`, {
        path: `secrets.${name}`,
        fix: `Copy the ${label} from ${source.title}.`,
      })
  }
  return known
}

/** Secrets that were given for a connection that is there; refuses names its source does not know. */
export function laterSecrets({ title, secrets }: SourceDefinition, given: Secrets): Secrets {
  for (const [name, secret] of Object.entries(given)) {
    if (!secrets.some((field) => field.name === name))
      throw new Refusal('source.no_such_secret', `${title} has no secret "${name.slice(0, 40)}".`, {
        path: `secrets.${name}`,
        fix: `Give one of ${secrets.map((field) => field.name).join(', ') || 'none'}.`,
      })
    if (!secret.trim()) throw new Refusal('source.secret_missing', `The secret "${name}" is empty.`, { path: `secrets.${name}` })
  }
  return Object.fromEntries(Object.entries(given).map(([name, secret]) => [name, secret.trim()]))
}

function madeSecret(form: SecretField['form']): string {
  const key = randomBytes(32)
  return form === 'whsec' ? `whsec_${key.toString('base64')}` : key.toString('base64url')
}
