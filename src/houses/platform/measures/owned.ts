import type { Ground } from '../../../ground/index.ts'
import type { MeasureDefinition } from '../../../ground/measures/index.ts'
import { ownerOf } from '../../../ground/catalog/index.ts'
import { cataloguePieces } from './catalogue.ts'

/** `catalog.owned`: share of components somebody answers for. */
export function ownedMeasure({ catalog }: Pick<Ground, 'catalog'>): MeasureDefinition {
  return {
    id: 'catalog.owned',
    title: 'Components with an owner',
    question: 'Does somebody answer for every component?',
    unit: 'ratio',
    better: 'higher',
    definition:
      'Components whose spec names an owner ÷ all components; stand-ins such as "unknown" do not count as owners. Counted from the catalogue, not sampled, so without an interval.',
    kinds: [],
    async collect(ask) {
      return (await cataloguePieces(ask, catalog)).map(({ asked, components }) => {
        const own = components.filter((component) => asked.has(component.ref))
        if (own.length === 0) {
          return {
            shape: 'nothing',
            unknown: { code: 'no_components', why: 'no component is known here', fix: 'Scan a repository or apply a catalogue.' },
            excluded: {},
            withData: 0,
          }
        }
        return {
          shape: 'number',
          value: own.filter((component) => ownerOf(component) !== null).length / own.length,
          n: own.length,
          excluded: {},
          withData: own.length,
        }
      })
    },
    async rows(ask) {
      const [piece] = await cataloguePieces(ask, catalog)
      const own = (piece?.components ?? []).filter((component) => piece!.asked.has(component.ref))
      const rows = own
        .map((component) => ({ component, owner: ownerOf(component) }))
        .sort((a, b) => Number(a.owner !== null) - Number(b.owner !== null))
      return rows.slice(ask.offset, ask.offset + ask.limit).map(({ component, owner }) => ({
        id: component.ref,
        subject: component.ref,
        value: owner ? 1 : 0,
        unit: 'ratio',
        title: component.metadata.title ?? component.metadata.name,
        parts: {},
        links: owner ? [{ to: owner, type: 'ownedBy', method: 'declared', confidence: 1 }] : [],
        flags: owner ? [] : ['no_owner'],
      }))
    },
  }
}
