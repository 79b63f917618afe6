import type { Because, Claim, Judgement, Reading } from '../../../ground/core/index.ts'

/** A sentence with its grounds. There is none without. */
export function claim(text: string, first: Because, ...more: readonly Because[]): Claim {
  return { text, because: unique([first, ...more]) }
}

export function fromReading(reading: Reading): Because {
  return { kind: 'reading', reading }
}

export function fromJudgement(judgement: Judgement): Because {
  return { kind: 'judgement', judgement }
}

export function fromEntity(ref: string, title?: string): Because {
  return title === undefined ? { kind: 'entity', ref } : { kind: 'entity', ref, title }
}

export function fromEvidence(id: string, title?: string): Because {
  return title === undefined ? { kind: 'evidence', id } : { kind: 'evidence', id, title }
}

function unique(grounds: readonly Because[]): Because[] {
  const seen = new Set<string>()
  return grounds.filter((ground) => {
    const key = JSON.stringify(ground)
    return seen.has(key) ? false : seen.add(key)
  })
}
