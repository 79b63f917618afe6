import { plainText } from './inline.ts'

/** Names and groups in a text such as `A, B and C`, `[A](https://…), B` or a list. Kept as the record writes them. */
export function peopleIn(text: string): string[] {
  return text
    .slice(0, 10_000)
    .split('\n')
    .flatMap((line) => plainText(line.replace(/^\s*[*+-]\s+/, '')).split(/\s*[,;]\s*|\s+(?:and|&|und|et)\s+/))
    .map((name) => name.replaceAll(/^[\s"'[{]+|[\s"'\]}.]+$/g, ''))
    .filter((name) => name !== '' && !/^(?:n\/a|none|tbd|-|list everyone involved in the decision)$/i.test(name))
    .map((name) => name.slice(0, 200))
    .slice(0, 100)
}
