/**
 * Words that say nothing about what a piece of work is for: grammar, and what every commit message says.
 * A word that is missing here costs precision, one too many costs recall.
 */
const EMPTY = new Set(
  `a about above after again all also an and any are as at be because been before being below between both but by can could did do does doing down during each few for from further get gets got had has have having he her here his how i if in into is it its itself just let like make makes making may me more most must my need needs new no nor not now of off on once one only or other our out over own per same she should so some such than that the their them then there these they this those through to too two under until up us use used uses using very via want was we well were what when where which while who whom why will with within without would you your
  add added adding adds allow allows avoid bug bugs bump change changed changes chore clean cleanup code commit create default delete dep deps dev doc docs drop enable ensure error errors feat feature file files fix fixed fixes fixing follow handle hotfix implement improve improvement include initial introduce issue issues merge minor misc missing move old patch pr prepare pull refactor release remove removed rename replace request rework revert set small some src support task test tests tidy todo tweak typo update updated updates upgrade version wip work
  default main master index lib libs app apps package packages service services module modules component components system util utils helper helpers common shared core internal public private api ts js tsx jsx py go java rb md json yaml yml html css txt lock
  measure measures measured metric metrics weekly daily
  customer customers user users people person team teams day days week weeks month hour hours minute second less least better best faster fast quick quickly good great never always every
  `
    .split(/\s+/)
    .filter(Boolean)
    .map(stem),
)

/** The telling words of a text, stemmed, in order, with repetitions. CamelCase, dashes and dots part words. */
export function wordsOf(text: string): string[] {
  return tellingWords(text).map(({ stem }) => stem)
}

/** The telling words with the form they were written in, for people. */
export function tellingWords(text: string): { stem: string; written: string }[] {
  return (
    text
      .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
      .toLowerCase()
      .match(/\p{L}[\p{L}\d]+/gu) ?? []
  )
    .map((written) => ({ stem: stem(written), written }))
    .filter((word) => word.stem.length >= 3 && !EMPTY.has(word.stem))
}

/** Cuts the endings that English adds most; "payments" and "payment" meet, "caching" and "cache" too. */
export function stem(word: string): string {
  if (word.length <= 3) return word
  const plural =
    word.endsWith('ies') && word.length > 4
      ? `${word.slice(0, -3)}y`
      : /(?:ss|sh|ch|x)es$/.test(word)
        ? word.slice(0, -2)
        : /[^su]s$/.test(word)
          ? word.slice(0, -1)
          : word
  const cut = /^(.{3,}?)(?:ations?|ating|ated|ates?|ings?|ed|ers?|ly|ment|e)$/.exec(plural)?.[1] ?? plural
  const single = /([^aeiouls])\1$/.test(cut) ? cut.slice(0, -1) : cut
  return single.endsWith('i') ? `${single.slice(0, -1)}y` : single
}

/** Folders and file names of a path as words. */
export function pathWords(path: string): { stem: string; written: string }[] {
  return tellingWords(path.replace(/[/_.-]+/g, ' '))
}
