import type { Instant, Ref } from '../../core/index.ts'
import { sql, type Store } from '../../store/index.ts'
import { inBatches } from '../batches.ts'
import { textList } from '../rows.ts'
import type { ResolvedLink } from './stated.ts'
import { type OwnedLink, restateLinks } from './write-links.ts'

/** Makes the kept links of documents those they state now. */
export async function replaceStatedLinks(
  store: Store,
  documents: readonly { ref: Ref; links: readonly ResolvedLink[] }[],
  how: { by: Ref; moment: Instant },
): Promise<void> {
  for (const batch of inBatches(documents, ({ ref, links }) => [ref, links])) {
    const links = batch.flatMap((document) => document.links.map((link) => declared(document.ref, link)))
    await restateLinks(store, links, sql`owner in (select value from ${textList(batch.map(({ ref }) => ref))})`, how)
  }
}

function declared(owner: Ref, { from, type, to }: ResolvedLink): OwnedLink {
  return { from, type, to, owner, origin: 'declared', confidence: 1, status: 'accepted' }
}
