import { KeptBriefly, type Store } from '../../store/index.ts'
import type { Collected } from '../collected.ts'
import type { MeasureDefinition } from '../measures.ts'
import { questionText } from '../question-text.ts'

/** Larger questions are seldom asked twice, and their answers are large. */
const MOST_PIECES = 500

const kept = new KeptBriefly<Collected[]>()

/**
 * The same measure, which is collected once for all that ask the same of one moment: a report reads it and what is computed
 * from it.
 */
export function collectedOnce(store: Store, definition: MeasureDefinition): MeasureDefinition {
  const { id, collect } = definition
  return {
    ...definition,
    collect: (ask) =>
      ask.moment === undefined || ask.pieces.length > MOST_PIECES
        ? collect(ask)
        : kept.find(store, `${id} ${questionText(ask)}`, () => collect(ask)),
  }
}
