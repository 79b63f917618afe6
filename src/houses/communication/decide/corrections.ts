import type { Because, Claim } from '../../../ground/core/index.ts'

/** A sentence that reads otherwise now; null where it was not told, or is no longer. */
export interface Corrected {
  section: string
  before: Claim | null
  after: Claim | null
}

/** The sentences of a report under their headings; the headline stands under an empty one. */
export interface Sentences {
  headline: Claim
  sections: readonly { title: string; claims: readonly Claim[] }[]
}

/**
 * Which sentences of a report read otherwise when it is told again with what is known now. Sentences that stand on the
 * same ground belong together; a heading that carries a verdict ("Faster: at risk") is the same heading by its beginning.
 */
export function correctionsOf(before: Sentences, after: Sentences): Corrected[] {
  const was = placed(before)
  const is = placed(after)
  const same = new Set(was.map(({ claim }) => claim.text).filter((text) => is.some(({ claim }) => claim.text === text)))
  const left = is.filter(({ claim }) => !same.has(claim.text))
  const changed = was
    .filter(({ claim }) => !same.has(claim.text))
    .map(({ section, key, claim }): Corrected => {
      const place = left.findIndex((one) => one.key === key)
      const [found] = place === -1 ? [] : left.splice(place, 1)
      return { section: found?.section ?? section, before: claim, after: found?.claim ?? null }
    })
  return [...changed, ...left.map(({ section, claim }): Corrected => ({ section, before: null, after: claim }))]
}

function placed({ headline, sections }: Sentences): { section: string; key: string; claim: Claim }[] {
  const all = [{ title: '', claims: [headline] }, ...sections]
  return all.flatMap(({ title, claims }) =>
    claims.map((claim) => ({ section: title, key: `${title.split(':')[0]} ${groundKey(claim.because[0]!)}`, claim })),
  )
}

/** What a sentence is about, whatever it says of it. */
function groundKey(because: Because): string {
  switch (because.kind) {
    case 'reading':
      return `${because.reading.measure} ${because.reading.subject}`
    case 'judgement':
      return `${because.judgement.intent} ${because.judgement.subject ?? ''}`
    case 'entity':
      return because.ref
    case 'evidence':
      return because.id
  }
}
