import type { Unknown } from '../../../ground/core/index.ts'
import type { Ground } from '../../../ground/index.ts'
import type { Collected, MeasureDefinition } from '../../../ground/measures/index.ts'
import { type ComponentFacts, needsIn } from '../assess/index.ts'
import { CAPABILITY_ANNOTATION, componentFacts } from '../intent.ts'
import { type CataloguePiece, cataloguePieces } from './catalogue.ts'

const NO_CAPABILITY: Unknown = {
  code: 'no_capability',
  why: 'no component says which capability it provides',
  fix: `Write spec.provides, the annotation ${CAPABILITY_ANNOTATION} or a tag such as capability:payments on the components that provide something others need.`,
}
const NO_NEED: Unknown = {
  code: 'no_need',
  why: 'nothing here needs a capability that is declared',
  fix: 'Write dependsOn or consumesApis on components that use others, or look at more components.',
}

/** `platform.reuse`: how far shared capabilities are used instead of built again. */
export function reuseMeasure({ catalog }: Pick<Ground, 'catalog'>): MeasureDefinition {
  return {
    id: 'platform.reuse',
    title: 'Reuse of shared capabilities',
    question: 'Where a capability is needed, is the shared one used?',
    unit: 'ratio',
    better: 'higher',
    definition:
      'Needs met by a shared component ÷ all needs. A component needs a capability when it depends on a component that declares it (spec.provides, annotation throughline.dev/capability, tag capability:x) or provides it itself. Met: what it uses is shared, that is declared as a platform or used by another owner. Not met: it builds its own, or uses a private one, although somebody else provides it too. Shared providers and sole providers need nothing. Counted from the catalogue, not sampled, so without an interval.',
    kinds: [],
    async collect(ask) {
      return (await cataloguePieces(ask, catalog)).map(collectReuse)
    },
    async rows(ask) {
      const [piece] = await cataloguePieces(ask, catalog)
      const needs = piece ? needsIn(piece.components.map(componentFacts)).filter((need) => piece.asked.has(need.component)) : []
      return needs.slice(ask.offset, ask.offset + ask.limit).map((need) => ({
        id: need.component,
        subject: need.component,
        value: need.met ? 1 : 0,
        unit: 'ratio',
        title: need.met ? `uses the shared ${need.capability}` : `builds or keeps its own ${need.capability}`,
        parts: {},
        links: need.providers.map((to) => ({ to, type: 'dependsOn', method: need.met ? 'declared' : 'same capability', confidence: 1 })),
        flags: [`capability:${need.capability}`],
      }))
    },
  }
}

function collectReuse({ asked, components }: CataloguePiece): Collected {
  const facts: ComponentFacts[] = components.map(componentFacts)
  const needs = needsIn(facts).filter((need) => asked.has(need.component))
  const withData = new Set(needs.map((need) => need.component)).size
  if (needs.length > 0)
    return { shape: 'number', value: needs.filter((need) => need.met).length / needs.length, n: needs.length, excluded: {}, withData }
  return {
    shape: 'nothing',
    unknown: facts.some((component) => component.provides.length > 0) ? NO_NEED : NO_CAPABILITY,
    excluded: {},
    withData,
  }
}
