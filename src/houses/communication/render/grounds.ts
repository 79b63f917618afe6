import { type Because, formatQuantity } from '../../../ground/core/index.ts'
import { whyWords } from '../../vision/index.ts'
import { STATE_WORDS } from '../tell/outcomes.ts'

/** What a sentence rests on, in words: short enough for a footnote, exact enough to find it again. */
export function groundWords(because: Because): string {
  switch (because.kind) {
    case 'reading': {
      const { measure, subject, window, value, unit, n, unknown, dimensions } = because.reading
      const where = Object.entries(dimensions).map(([name, of]) => `${name} ${of}`)
      const about = [subject, ...where].join(', ')
      const answer = value === null ? `unknown (${whyWords(unknown)})` : `${formatQuantity(value, unit)}, n = ${n}`
      return `${measure} of ${about}, ${window.from.slice(0, 10)} to ${window.to.slice(0, 10)}: ${answer}`
    }
    case 'judgement':
      return `${because.judgement.intent}: ${STATE_WORDS[because.judgement.state]} (${because.judgement.rule})`
    case 'entity':
      return because.title ? `${because.ref}: ${because.title}` : because.ref
    case 'evidence':
      return because.title ? `${because.id}: ${because.title}` : because.id
  }
}
