import type { Clock } from '../core/index.ts'
import type { Store } from '../store/index.ts'
import { applyFolder, type CatalogContext } from './apply.ts'
import type { Catalog, GapFinder, LinkProvider, SubjectFinder } from './catalog.ts'
import { checkedDraft } from './check.ts'
import { exportEntities } from './export.ts'
import { builtInGaps } from './gaps/index.ts'
import { sharedKinds } from './kinds/index.ts'
import { KindRegistry } from './kinds/registry.ts'
import { addLinks, linksOf, replaceLinks } from './links/kept.ts'
import { openSuggestions, settleLink } from './links/suggestions.ts'
import { countEntities, entityVersions, getEntity, listEntities } from './read.ts'
import { relationsOf } from './relations.ts'
import { revision } from './rows.ts'
import { sharesOver } from './shares/shares.ts'
import { describeNodes } from './trace/describe.ts'
import { traceFrom } from './trace/trace.ts'
import { removeEntity, writeEntity } from './write.ts'

/** The catalogue over a store, with the kinds and gaps that belong to no single house. */
export function createCatalog({ store, clock }: { store: Store; clock: Clock }): Catalog {
  const kinds = new KindRegistry(sharedKinds)
  const context: CatalogContext = { store, clock, kinds }
  const providers: LinkProvider[] = []
  const finders: GapFinder[] = builtInGaps(store)
  const subjects: SubjectFinder[] = []
  const fresh = async () => {
    for (const provider of providers) await provider.fresh?.()
  }
  return {
    registerKind: (kind) => kinds.register(kind),
    registerLinks: (provider) => void providers.push(provider),
    registerGaps: (finder) => void finders.push(finder),
    registerSubjects: (find) => void subjects.push(find),
    kinds: () => kinds.all(),

    checkDraft: (draft) => checkedDraft(draft, kinds).problems,
    applyFolder: (folder, drafts, how) => applyFolder(context, folder, drafts, how),
    write: (draft, how) => writeEntity(context, draft, how),
    remove: (ref, how) => removeEntity(context, ref, how),

    get: (ref, asOf) => getEntity(store, ref, asOf),
    list: (filter, asOf) => listEntities(store, filter, asOf),
    count: (filter, asOf) => countEntities(store, filter, asOf),
    versions: (ref) => entityVersions(store, ref),

    relations: (ref) => relationsOf(store, ref),
    describe: (ids) => describeNodes(store, providers, ids),

    links: (ids, statuses) => linksOf(store, ids, statuses),
    replaceLinks: (owner, links, how) => replaceLinks(store, owner, links, { ...how, at: clock() }),
    addLinks: (owner, links, how) => addLinks(store, owner, links, { ...how, at: clock() }),
    settle: (link, status, how) => settleLink(store, link, status, { ...how, at: clock() }),
    async suggestions(filter) {
      await fresh()
      return openSuggestions(store, filter)
    },

    async trace(id, direction, depth) {
      await fresh()
      return traceFrom(store, providers, id, direction, depth)
    },
    async gaps(scope) {
      await fresh()
      const found = []
      for (const finder of finders) found.push(...(await finder.find(scope)))
      return found
    },
    export: (filter) => exportEntities(store, filter),
    ...sharesOver(store, subjects),
    async revision() {
      return (await store.query(revision))[0]!.token
    },
  }
}
