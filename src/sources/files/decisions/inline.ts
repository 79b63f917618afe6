/** Marks of Markdown inside a line, read without a parser and in linear time. */

/** `[text](target)`, `[[target]]` and `<https://…>` in a text. */
export interface WebLink {
  text: string
  target: string
}

const LINK =
  /!?\[([^[\]]{0,500})\]\(\s*<?((?:[^()<>\s]|\([^()\s]{0,200}\)){0,500})>?[^()]{0,200}\)|\[\[([^[\]|]{1,300})(?:\|([^[\]]{0,300}))?\]\]/g

export function linksIn(text: string): WebLink[] {
  return [...text.matchAll(LINK)].map(([, label = '', target, wiki, wikiLabel]) =>
    wiki === undefined ? { text: label, target: target ?? '' } : { text: wikiLabel ?? wiki, target: wiki },
  )
}

const LONGEST = 20_000

/** The words a reader sees: no links, emphasis, code marks, struck-out text or HTML tags. Very long texts are cut. */
export function plainText(markdown: string): string {
  return markdown
    .slice(0, LONGEST)
    .replaceAll(/~~[^~]{0,1000}~~/g, '')
    .replaceAll(
      LINK,
      (_all: string, label: string | undefined, _target: unknown, wiki: string | undefined, wikiLabel: string | undefined) =>
        label ?? wikiLabel ?? wiki ?? '',
    )
    .replaceAll(/\[([^[\]]{1,300})\]\[[^[\]]{0,200}\]/g, '$1')
    .replaceAll(/<(https?:[^<>\s]{1,500})>/g, '$1')
    .replaceAll(/<\/?[a-z][^<>]{0,300}>/gi, '')
    .replaceAll(/(\*\*|__|`+)/g, '')
    .replaceAll(/(^|[\s(])[*_](?=\S)/g, '$1')
    .replaceAll(/(\S)[*_](?=[\s).,;:!?]|$)/g, '$1')
    .replaceAll(/\\([!-/:-@[-`{-~])/g, '$1')
    .replaceAll(/\s+/g, ' ')
    .trim()
}

/** One item of a list, its continuation lines joined. */
export interface Item {
  text: string
  /** Columns of indentation. */
  indent: number
  line: number
}

const BULLET = /^(\s*)(?:[*+-]|\d{1,4}[.)])\s+(.*)$/

/** Items of the lists in some lines, in order; other text is passed over. */
export function itemsOf(lines: readonly { text: string; line: number; code: boolean }[]): Item[] {
  const items: Item[] = []
  let open: Item | null = null
  for (const { text, line, code } of lines) {
    const bullet = code ? null : BULLET.exec(text)
    if (bullet) {
      open = { text: bullet[2]!.trim(), indent: bullet[1]!.replaceAll('\t', '    ').length, line }
      items.push(open)
    } else if (open && !code && text.trim() !== '' && open.text.length < 10_000) open.text += ` ${text.trim()}`
    else if (text.trim() === '' || code) open = null
  }
  return items
}
