import { type Clock, type Instant, type Ref, Refusal } from '../core/index.ts'
import { createMoments, type Moments, type Store } from '../store/index.ts'
import { applyFolder, type CatalogContext } from './apply.ts'
import type { AskFinder, Catalog, CatalogEye, EntityDraft, GapFinder, LinkProvider, SubjectFinder } from './catalog.ts'
import { checkedDraft } from './check.ts'
import { draftsWithoutErased, eraseFromCatalog } from './erase-person.ts'
import { draftRef } from './document.ts'
import { exportEntities } from './export.ts'
import { builtInGaps } from './gaps/index.ts'
import { sharedKinds } from './kinds/index.ts'
import { KindRegistry } from './kinds/registry.ts'
import { catalogKnowledge, revisionOf } from './known.ts'
import { addLinks, linksOf, replaceLinks } from './links/kept.ts'
import { openSuggestions, settleLink } from './links/suggestions.ts'
import { builtOf, findPackages } from './packages/ask.ts'
import { tellPackages } from './packages/tell.ts'
import { changesOf, countEntities, entityRefs, entitySignatures, entityVersions, getEntity, listEntities } from './read.ts'
import { relationsOf } from './relations.ts'
import { sharesOver } from './shares/shares.ts'
import { withAsks } from './trace/asks.ts'
import { describeNodes } from './trace/describe.ts'
import { traceFrom } from './trace/trace.ts'
import { readNow } from './statements/read-days.ts'
import { statementsOf } from './statements/statements.ts'
import { removeEntity, writeEntity } from './write.ts'

/**
 * The catalogue over a store, with the kinds and gaps that belong to no single house.
 * @param erased recognises people who were erased and must not come back
 * @param moments shared with whatever else learns on this store, so that one moment holds for all of it
 */
export function createCatalog({
  store,
  clock,
  erased = null,
  moments = createMoments({ store, clock }),
}: {
  store: Store
  clock: Clock
  erased?: (CatalogEye & { catchUp(): Promise<boolean> }) | null
  moments?: Moments
}): Catalog {
  const kinds = new KindRegistry(sharedKinds)
  const knowledge = catalogKnowledge(store, moments)
  const context: CatalogContext = { store, knowledge, kinds, clock }
  const providers: LinkProvider[] = []
  const finders: GapFinder[] = builtInGaps(store)
  const subjects: SubjectFinder[] = []
  const askers: AskFinder[] = []
  const { shares, shareOfEach, residents } = sharesOver(store, subjects)
  const known = knowledge.read
  const fresh = async (asOf?: Instant) => {
    // What is found now was not known at an earlier moment.
    for (const provider of asOf === undefined ? providers : []) await provider.fresh?.()
  }
  const keepable = async (drafts: readonly EntityDraft[]) => {
    if (!erased) return { drafts, problems: [] }
    await erased.catchUp()
    return draftsWithoutErased(drafts, erased, refIn)
  }
  return {
    registerKind: (kind) => kinds.register(kind),
    registerLinks: (provider) => void providers.push(provider),
    registerGaps: (finder) => void finders.push(finder),
    registerSubjects: (find) => void subjects.push(find),
    registerAsks: (find) => void askers.push(find),
    kinds: () => kinds.all(),

    checkDraft: (draft, how) => checkedDraft(draft, kinds, how).problems,
    async applyFolder(folder, drafts, how) {
      const kept = await keepable(drafts)
      const result = await applyFolder(context, folder, kept.drafts, how)
      return { ...result, entities: drafts.length, problems: [...result.problems, ...kept.problems] }
    },
    wasRead: async (folder) => void (await store.query(readNow(folder, clock()))),
    async write(draft, how) {
      const { drafts, problems } = await keepable([draft])
      const [only] = drafts
      if (!only)
        throw new Refusal(problems[0]!.code, problems[0]!.message, { status: 409, fix: 'Nothing can be said about this person any more.' })
      return writeEntity(context, only, how)
    },
    remove: (ref, how) => removeEntity(context, ref, how),

    get: (ref, asOf) => known(asOf, (then) => getEntity(store, ref, then)),
    list: (filter, asOf) => known(asOf, (then) => listEntities(store, filter, then)),
    refs: (filter, asOf) => known(asOf, (then) => entityRefs(store, filter, then)),
    signatures: (kind) => entitySignatures(store, kind),
    changes: (kind) => changesOf(store, kind),
    count: (filter, asOf) => known(asOf, (then) => countEntities(store, filter, then)),
    versions: (ref) => entityVersions(store, ref),
    statements: (of, asOf) => known(asOf, (then) => statementsOf(store, of, then)),

    relations: (ref, asOf) => known(asOf, (then) => relationsOf(store, ref, then)),
    describe: (ids, asOf) => describeNodes(store, providers, ids, { asOf }),

    links: (ids, statuses, asOf) => known(asOf, (then) => linksOf(store, ids, statuses, then)),
    replaceLinks: (owner, links, how) => replaceLinks(context, owner, links, how),
    addLinks: (owner, links, how) => addLinks(context, owner, links, how),
    settle: (link, status, how) => settleLink(context, link, status, how),
    async suggestions(filter, asOf) {
      await fresh(asOf)
      return known(asOf, (then) => openSuggestions(store, filter, then))
    },

    async present() {
      await fresh()
      return moments.present()
    },
    async trace(id, direction, depth, asOf) {
      await fresh(asOf)
      const walk = (then?: Instant) => traceFrom({ store, providers, asOf: then }, id, direction, depth)
      const trace = await (asOf === undefined ? walk() : moments.read(asOf, (then) => walk(then ?? undefined)))
      return withAsks(trace, askers, asOf ?? (await moments.present()))
    },
    async gaps(scope) {
      await fresh(scope.asOf)
      const find = async (asOf?: Instant) => {
        const found = []
        for (const one of finders) if (!scope.finder || one.code === scope.finder) found.push(...(await one.find({ ...scope, asOf })))
        return found
      }
      return scope.asOf === undefined ? find() : moments.read(scope.asOf, (then) => find(then ?? undefined))
    },
    erasePerson: (eye, how) => eraseFromCatalog(context, eye, how),
    export: (filter) => exportEntities(store, filter),
    shares: (ref, asOf) => known(asOf, (then) => shares(ref, then, asOf)),
    shareOfEach: (refs, asOf) => known(asOf, (then) => shareOfEach(refs, then)),
    residents: (repositories, files, asOf) => known(asOf, (then) => residents(repositories, files, then)),
    tellPackages: (repository, told, how) => tellPackages(context, repository, told, how),
    packages: (ask, asOf) => known(asOf, (then) => findPackages(store, ask, then)),
    builtOf: (component, asOf) => known(asOf, (then) => builtOf(store, component, then)),
    revision: () => revisionOf(store),
    revisionAt: (asOf) => known(asOf, async (then) => (then === undefined ? revisionOf(store) : null)),
  }
}

/** Ref of a draft; null where it cannot be read, which the check tells. */
function refIn(draft: EntityDraft): Ref | null {
  const named = typeof draft.metadata?.name === 'string' && typeof draft.kind === 'string' ? draftRef(draft) : null
  return named?.ok ? named.value : null
}
