import type { Instant, Ref } from '../../core/index.ts'
import type { Statement } from '../../store/index.ts'
import type { ErasedPeople } from './erased.ts'

/** Where it is known from that two names are one person's. */
export type JoinOrigin = 'mailmap' | 'signature' | 'noreply' | 'catalog' | 'hand'
/** What an alias is. */
export type ActorKind = 'person' | 'bot' | 'agent'

/** What was said by hand or by evidence, standing until it is taken back. */
export interface PersonStatement {
  id: number
  says: 'same' | 'apart' | ActorKind
  alias: string
  other: string | null
  origin: JoinOrigin
  by: Ref
  at: Instant
}

/** People as joined aliases. Names go in, pseudonyms are kept. */
export interface People {
  /** Joins names that evidence says are one person's; what is known already is left alone. Call it in a transaction of its own or an open one. */
  told(pairs: readonly (readonly [string, string])[], origin: Exclude<JoinOrigin, 'hand' | 'catalog'>, by: Ref): Promise<number>
  /** Replaces what the catalogue says of its users: groups of names that are one person's each. */
  declared(groups: readonly (readonly string[])[], by: Ref): Promise<void>
  /** Joins two names by hand. */
  merge(name: string, other: string, by: Ref): Promise<PersonStatement>
  /** Sets an alias apart from everybody, by hand. */
  split(name: string, by: Ref): Promise<PersonStatement>
  /** Says by hand what an author is. */
  correct(name: string, kind: ActorKind, by: Ref): Promise<PersonStatement>
  /** Takes back what was said by hand. */
  undo(id: number): Promise<PersonStatement>
  /** What was said by hand and stands, newest first. */
  byHand(): Promise<PersonStatement[]>
  /** How many aliases are joined to how many people, by origin of the statements that join them. */
  summary(): Promise<{ people: number; aliases: number; joins: { origin: JoinOrigin; count: number }[] }>
  /** Every alias of a person that any of these names stands for, the names' own included. */
  aliasesOf(names: readonly string[]): Promise<string[]>
  /** Remembers for good that whoever goes by these names is erased: whatever is taken from now on is kept without them. */
  remember(names: readonly string[]): Promise<void>
  /** Deletes all that is said of aliases, its history included, in the open transaction. */
  forget(aliases: readonly string[]): Promise<void>
  /** Pairs that names themselves told of since the last call; kept in the open transaction by whoever calls. */
  learnt(by: Ref): Promise<void>
  readonly erased: ErasedPeople
  /** An eye for some names alone. */
  eyeFor(names: Iterable<string>): ErasedPeople
  /** Forgets names kept in memory. */
  forgetNames(): void
}

/** Parts of a query that counts people: `alias` is the column that names them. */
export interface JoinedColumns {
  /** To be added to the tables of the query. */
  from: Statement
  /** Whom the alias stands for. */
  person: Statement
  /** What people said the alias is: person, bot, agent; null where nobody did. */
  kind: Statement
}
