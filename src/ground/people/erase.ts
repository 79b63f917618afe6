import type { Catalog } from '../catalog/index.ts'
import { type Caller, formatInstant, type Ref } from '../core/index.ts'
import type { Identity } from '../identity/index.ts'
import type { Intake } from '../intake/index.ts'
import type { ErasedRecords, EvidenceKind, Ledger } from '../ledger/index.ts'
import { sql, type Statement, type Store } from '../store/index.ts'
import { eraseElsewhere, type Found, tracesOf } from './everywhere.ts'
import { namesIn, partsOf } from './names.ts'

/** What erasing stands on. */
export interface PeopleGround {
  store: Store
  catalog: Catalog
  ledger: Ledger
  identity: Identity
  intake: Intake
  clock: () => number
}

/** What was, or would be, erased of a person. */
export interface Erasure {
  done: boolean
  /** Names the person goes by: given, stated in the catalogue, or joined with them. */
  names: number
  /** Entities of the catalogue that are the person. */
  users: Ref[]
  records: Partial<Record<EvidenceKind, ErasedRecords>>
  /** Versions of other entities that named the person. */
  documents: number
  /** Refused lines that named the person. */
  rejects: number
  /** Tokens that acted for the person. */
  tokens: number
  /** Other tables, and rows of them that named the person. */
  elsewhere: Found[]
  /** Where a name still stands, as the name of a thing. */
  remains: Found[]
  notes: string[]
}

/**
 * Erases a person everywhere, or counts what that would be. Records of work stay without the person, what tells of nothing
 * but the person is deleted, and the names are remembered as keyed hashes, so that the same evidence does not bring the
 * person back. In slices: whoever reads meanwhile may still see parts.
 */
export async function erasePerson(
  ground: PeopleGround,
  { person, also, dryRun }: { person: string; also: readonly string[]; dryRun: boolean },
  caller: Caller,
): Promise<Erasure> {
  const { store, catalog, ledger, identity, intake } = ground
  const { people } = identity
  const { names, users } = await everyNameOf(ground, [person, ...also].flatMap(partsOf))
  const eye = people.eyeFor(names)
  const suspect = suspicion(names)
  if (!dryRun) {
    await people.remember(names)
  }
  const how = { suspect, dryRun }
  return store.background(async () => {
    const subjects = names.filter((name) => name.startsWith('user:'))
    const tokens = await endTokens(store, subjects, dryRun)
    const records = await ledger.erasePerson(eye, { ...how, subjects })
    const entities = await catalog.erasePerson(eye, { ...how, users })
    const rejects = await intake.erasePerson(eye, { dryRun })
    const elsewhere = await eraseElsewhere(store, eye, suspect, { dryRun })
    const erasure: Erasure = {
      done: !dryRun,
      names: names.length,
      users,
      records,
      documents: entities.versions,
      rejects,
      tokens,
      elsewhere,
      remains: [],
      notes: [],
    }
    if (dryRun) return { ...erasure, notes: ['Nothing was erased yet.', BACKUPS] }
    await store.transaction(() => people.forget(names))
    people.forgetNames()
    await identity.audit({
      person: people.erased.without(caller.person) as string, // a text stays a text
      verb: 'person.erase',
      target: 'a person',
      detail: { records, documents: entities.versions, entities: entities.users.length, rejects, tokens },
    })
    const remains = await tracesOf(store, eye, suspect)
    return {
      ...erasure,
      remains,
      notes: [...(remains.length ? [NAMES_OF_THINGS] : []), `${BACKUPS} Erased ${formatInstant(ground.clock())}.`],
    }
  })
}

const BACKUPS = 'Backups made before still hold this person: delete them when you no longer need them, and erase again after restoring one.'
const NAMES_OF_THINGS =
  'What remains are names of things (repositories, paths, addresses, ids) that are spelled the same; renaming them would break what refers to them.'

/** Every name that stands for the same person, pseudonyms among them, and the entities that are the person. */
async function everyNameOf({ catalog, identity }: PeopleGround, given: readonly string[]): Promise<{ names: string[]; users: Ref[] }> {
  const all = await catalog.list({ kind: 'user' })
  const names = new Set(given)
  const users = new Set<Ref>()
  for (let size = -1; size < names.size;) {
    size = names.size
    for (const alias of await identity.people.aliasesOf([...names])) names.add(alias)
    for (const user of all) {
      const own = namesIn(user)
      if (users.has(user.ref) || !own.some((name) => names.has(identity.pseudonym(name)) || names.has(name))) continue
      users.add(user.ref)
      for (const name of own) names.add(name)
    }
  }
  return { names: [...names], users: [...users] }
}

/** Condition on a text that every text with one of these names meets, and few others. */
function suspicion(names: readonly string[]): (text: Statement) => Statement {
  const words = names
    .map(
      (name) =>
        name
          .normalize('NFC')
          .toLowerCase()
          .match(/[\p{L}\p{N}]+/gu) ?? [],
    )
    .filter((found) => found.length > 0)
  // Letters beyond ASCII are compared later: what the database takes for a small letter depends on its locale.
  const patterns = words.map((found) => found.map((word) => word.replaceAll(/[^a-z0-9]/g, '.')).join('[^[:alnum:]]{1,6}'))
  const pattern = [...new Set(patterns), '[^[:space:]]@[[:alnum:]]'].join('|')
  return (text) => sql`${text} ~* ${pattern}`
}

async function endTokens(store: Store, subjects: readonly Ref[], dryRun: boolean): Promise<number> {
  const own = sql`person = any(${[...subjects]}::text[])`
  const rows = await store.query(dryRun ? sql`select id from token where ${own}` : sql`delete from token where ${own} returning id`)
  return rows.length
}
