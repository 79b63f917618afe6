import type { Instant, Problem, Ref } from '../core/index.ts'
import type { Statement } from '../store/index.ts'
import type { ApplyHow, ApplyResult, CatalogEye, EntityFilter, ErasedEntities, ExportedEntity, Relations } from './asks.ts'
import type { CheckHow, Entity, EntityDraft, EntityKind, EntityOrigin } from './entity.ts'
import type { Gap, GapFinder, GapScope } from './gaps/gap.ts'
import type { AskFinder, Link, LinkProvider, LinkStatus, SubjectFinder, Trace, TraceNode } from './links/link.ts'
import type { BuiltOf, PackagesAsk, PackagesFound } from './packages/found.ts'
import type { ToldDifference, ToldPackages } from './packages/package.ts'
import type { Resident, SubjectShare } from './shares/share.ts'
import type { Statement as EntityStatement, StatementsOf } from './statements/statement.ts'

export type * from './asks.ts'
export type * from './entity.ts'
export type * from './gaps/gap.ts'
export type * from './links/link.ts'
export type * from './shares/share.ts'
export type { Observation, Statement as EntityStatement, StatementsOf } from './statements/statement.ts'

/**
 * Entities and links: what the organisation intends and how things hang together. Every question can be asked as of a
 * moment: the same moment gives the same answer for good.
 */
export interface Catalog {
  registerKind(kind: EntityKind): void
  registerLinks(provider: LinkProvider): void
  registerGaps(finder: GapFinder): void
  /** The catalogue itself knows no evidence; whoever does says which subjects it tells of. */
  registerSubjects(find: SubjectFinder): void
  /** Traces show what things on them ask of people. */
  registerAsks(find: AskFinder): void
  kinds(): EntityKind[]

  /** Schema and grammar of drafts, without touching the store; place is added by whoever read the file. */
  checkDraft(draft: EntityDraft, how?: CheckHow): Problem[]

  /**
   * Writes every valid draft of one folder and removes what came from the same folder and is gone.
   * One transaction; with `dryRun` it is only counted.
   */
  applyFolder(folder: string, drafts: readonly EntityDraft[], how: ApplyHow): Promise<Omit<ApplyResult, 'files'>>

  /** Notes that a folder or repository was read and says what it said before. */
  wasRead(folder: string): Promise<void>

  /** Writes one entity from a form. Refuses when `expectedVersion` is not the present one. */
  write(draft: EntityDraft, how: { by: Ref; expectedVersion?: number }): Promise<Entity>
  remove(ref: Ref, how: { by: Ref; expectedVersion?: number }): Promise<void>

  get(ref: Ref, asOf?: Instant): Promise<Entity | null>
  list(filter: EntityFilter, asOf?: Instant): Promise<Entity[]>
  count(filter: EntityFilter, asOf?: Instant): Promise<number>
  /** Names alone, without their documents, in no order. */
  refs(filter: EntityFilter, asOf?: Instant): Promise<Ref[]>
  /** The present entities of a kind, each with a word that is another one after every change: to read again only what changed. */
  signatures(kind: string): Promise<Map<Ref, string>>
  /** The moments from which on entities of a kind were known otherwise than before, in order: between two of them nothing changed. */
  changes(kind: string): Promise<Instant[]>
  versions(ref: Ref): Promise<{ version: number; at: Instant; by: Ref; origin: EntityOrigin; removed: boolean; doc: EntityDraft }[]>
  /** What every folder, form and repository states of some entities, the document that stands and those beside it. */
  statements(of: StatementsOf, asOf?: Instant): Promise<EntityStatement[]>

  /**
   * Takes a person out of the catalogue, its past included, or counts what would be done.
   * @param how.users refs of entities that are the person
   * @param how.suspect condition on the text of a row, true for every row that may name the person
   */
  erasePerson(
    eye: CatalogEye,
    how: { users: readonly Ref[]; suspect: (text: Statement) => Statement; dryRun: boolean },
  ): Promise<ErasedEntities>

  /** What an entity is related to. */
  relations(ref: Ref, asOf?: Instant): Promise<Relations>
  /**
   * Titles, times and subjects of things by the names links give them. A record named without its subject gives one
   * node per subject that has it.
   */
  describe(ids: readonly string[], asOf?: Instant): Promise<Map<string, Omit<TraceNode, 'depth'>>>

  /** Links that touch these ids, both directions, from kept rows. */
  links(ids: readonly string[], statuses?: readonly LinkStatus[], asOf?: Instant): Promise<Link[]>
  /**
   * Replaces the links one owner states (a source of inferences); with `from`, only those that start at these ids.
   * Decisions of people on suggestions are kept.
   */
  replaceLinks(owner: string, links: readonly Link[], how: { by: Ref; from?: readonly string[] }): Promise<void>
  /** Adds links without touching others of that owner. */
  addLinks(owner: string, links: readonly Link[], how: { by: Ref }): Promise<void>
  /**
   * Accepts or refuses a suggestion; kept for good, also when the suggestion is found again or no longer found.
   * `suggested` takes the decision back. What an entity itself declares is not settled here.
   */
  settle(link: { from: string; type: string; to: string }, status: 'accepted' | 'refused' | 'suggested', how: { by: Ref }): Promise<void>
  suggestions(filter: { namespace?: string; limit: number; offset?: number }, asOf?: Instant): Promise<{ total: number; links: Link[] }>

  /**
   * The moment to state for a report made now. Links that houses find in records are brought up to date first, since a
   * link is known from when it is found.
   */
  present(): Promise<Instant>

  trace(id: string, direction: 'up' | 'down' | 'both', depth: number, asOf?: Instant): Promise<Trace>
  gaps(scope: GapScope): Promise<Gap[]>

  /** Every entity as it was written, with its relations as Backstage names them; applying it again changes nothing. */
  export(filter: { kind?: string; namespace?: string }): Promise<ExportedEntity[]>

  /** Which evidence tells of a ref: a repository, a component, a system, `namespace:<name>`. */
  shares(ref: Ref, asOf?: Instant): Promise<SubjectShare[]>
  /** The share of each of several components or repositories, in a few statements. */
  shareOfEach(refs: readonly Ref[], asOf?: Instant): Promise<Map<Ref, SubjectShare>>
  /** The components that live in these repositories and hold one of these files, or all of their repository. */
  residents(repositories: readonly Ref[], files: readonly string[], asOf?: Instant): Promise<Resident[]>

  /** Replaces what a repository's lock files and manifests tell of packages; what stays the same is not touched. */
  tellPackages(repository: Ref, told: ToldPackages, how: { by: Ref }): Promise<ToldDifference>
  /** Who uses which package in which version. */
  packages(ask: PackagesAsk, asOf?: Instant): Promise<PackagesFound>
  /** What a component, or a repository with all of its components, is built of. */
  builtOf(component: Ref, asOf?: Instant): Promise<BuiltOf>

  /** A word that is another one after every change of an entity: what was made of entities may be kept as long as it stays. */
  revision(): Promise<string>
  /** That word, if the entities known at a moment are the present ones; else null. */
  revisionAt(asOf: Instant | undefined): Promise<string | null>
}
