/** A word that sounds good and settles nothing, with the question that makes it say something. */
export interface VagueWord {
  word: string
  ask: string
}

/** Pattern of the word in its forms, and what to ask of whoever wrote it. */
const VAGUE: readonly (readonly [RegExp, string])[] = [
  [/\bworld[- ]class\b/giu, 'Compared with whom, and by which measure?'],
  [/\bbest[- ](?:in[- ]class|of[- ]breed|possible)\b/giu, 'Better than what, and by how much?'],
  [/\b(?:cutting|bleeding|leading)[- ]edge\b/giu, 'What does it let somebody do that they cannot do now?'],
  [/\bstate[- ]of[- ]the[- ]art\b/giu, 'What does it let somebody do that they cannot do now?'],
  [/\b(?:innovative|innovation|innovate|disruptive|revolutionary|game[- ]chang\w+)\b/giu, 'What will be different, and for whom?'],
  [/\bsynerg\w+\b/giu, 'Who works with whom on what?'],
  [/\bleverag(?:e|es|ed|ing)\b/giu, 'Say "use", and for what.'],
  [/\bseamless(?:ly)?\b/giu, 'Which step or wait goes away?'],
  [/\bholistic(?:ally)?\b/giu, 'Which parts belong to it, and which do not?'],
  [/\bempower(?:s|ed|ing|ment)?\b/giu, 'What may who decide that they could not decide before?'],
  [/\b(?:robust|resilient)\b/giu, 'Against which failure, for how long?'],
  [/\b(?:scalable|scalability)\b/giu, 'Up to how many of what?'],
  [/\b(?:agile|agility)\b/giu, 'How long from which idea to whom?'],
  [/\b(?:optimal|optimi[sz](?:e|es|ed|ing|ation))\b/giu, 'Which figure, from where to where?'],
  [/\b(?:excellen(?:ce|t)|high[- ]quality|quality[- ]first)\b/giu, 'What would show that it is there, or missing?'],
  [/\b(?:customer|user)[- ](?:centric|obsess\w+|first)\b/giu, 'What do you stop doing for it?'],
  [/\b(?:digital transformation|paradigm\w*|next[- ]generation|future[- ]proof)\b/giu, 'What will be different on which day?'],
  [/\b(?:strive|aspire|endeavou?r)s?\b/giu, 'Say what will be true, not that you will try.'],
  [/\bas (?:soon|fast|quickly|much) as possible\b/giu, 'By which day, or up to which amount?'],
  [/\b(?:significantly|substantially|considerably|dramatically)\b/giu, 'By how much?'],
]

/** Vague words in the order they appear, each once, as written. */
export function vagueWords(text: string): VagueWord[] {
  const found = VAGUE.flatMap(([pattern, ask]) => [...text.matchAll(pattern)].map((match) => ({ word: match[0], ask, at: match.index })))
  found.sort((a, b) => a.at - b.at)
  const seen = new Set<string>()
  return found.flatMap(({ word, ask }) => {
    const key = word.toLowerCase()
    if (seen.has(key)) return []
    seen.add(key)
    return [{ word, ask }]
  })
}
