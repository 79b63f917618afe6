/**
 * The structure of a Markdown text: its headings and the lines under each.
 *
 * A scanner of lines and not a full parser: records come from anywhere, and micromark (behind remark-parse 11) was measured
 * at 234 s for 200 kB of lazily continued block quotes and 7 s for 10,000 nested ones. This takes linear time on anything.
 * It knows ATX and setext headings, fenced code and HTML comments, which is what real logs need.
 */
export interface Outline {
  /** Lines before the first heading. */
  preamble: Line[]
  sections: Section[]
}

export interface Section {
  title: string
  /** 1 to 6. */
  level: number
  line: number
  /** Own lines, without those of deeper sections. */
  lines: Line[]
}

export interface Line {
  /** Without HTML comments. */
  text: string
  /** As it stands in the file. */
  raw: string
  /** From 1. */
  line: number
  code: boolean
}

const FENCE = /^ {0,3}(`{3,}|~{3,})/
const ATX = /^ {0,3}(#{1,6})(?=[ \t]|$)/
const LONGEST_TITLE = 1_000
const SETEXT = /^ {0,3}(=+|-+)[ \t]*$/

/** @param linesBefore lines of the file before this text, such as its front matter */
export function outlineOf(text: string, linesBefore = 0): Outline {
  const outline: Outline = { preamble: [], sections: [] }
  let open = outline.preamble
  let fence: string | null = null
  let comment = false
  const begin = (title: string, level: number, line: number) => {
    const short = title.slice(0, LONGEST_TITLE).trim()
    const section: Section = { title: short.replace(/[ \t]+#+$/, '').replace(/\s*\{#[\w-]+\}$/, ''), level, line, lines: [] }
    outline.sections.push(section)
    open = section.lines
  }
  text.split(/\r?\n/).forEach((raw, index) => {
    const line = linesBefore + index + 1
    if (fence !== null) {
      open.push({ text: raw, raw, line, code: true })
      const close = FENCE.exec(raw)
      if (close && close[1]!.startsWith(fence) && raw.trim() === close[1]) fence = null
      return
    }
    const visible = withoutComments(raw, comment)
    comment = visible.open
    const shown = visible.text
    const opening = FENCE.exec(shown)
    if (opening) {
      fence = opening[1]!
      open.push({ text: shown, raw, line, code: true })
      return
    }
    const atx = ATX.exec(shown)
    const setext = atx ? null : SETEXT.exec(shown)
    const above = open.at(-1)
    if (atx) begin(shown.slice(atx[0].length), atx[1]!.length, line)
    else if (setext && above && !above.code && above.line === line - 1 && /^ {0,3}[^\s>*+|-]/.test(above.text)) {
      open.pop()
      begin(above.text.trim(), setext[1]!.startsWith('=') ? 1 : 2, above.line)
    } else open.push({ text: shown, raw, line, code: false })
  })
  return outline
}

/** Takes `<!-- … -->` out of a line; a comment may go on over lines. */
function withoutComments(raw: string, inside: boolean): { text: string; open: boolean } {
  let text = ''
  let at = 0
  let open = inside
  for (;;) {
    const next = raw.indexOf(open ? '-->' : '<!--', at)
    if (next < 0) return { text: open ? text : text + raw.slice(at), open }
    if (!open) text += raw.slice(at, next)
    at = next + (open ? 3 : 4)
    open = !open
  }
}

/** Lines as one Markdown text, without blank lines around it. */
export function markdownOf(lines: readonly Line[]): string {
  return lines
    .map((line) => line.text.trimEnd())
    .join('\n')
    .replace(/^\n+/, '')
    .trimEnd()
    .replaceAll(/\n{3,}/g, '\n\n')
}
