import type { DecisionSpec } from '../../../ground/catalog/index.ts'
import { itemsOf, plainText } from './inline.ts'
import type { Line, Section } from './outline.ts'

/** One option of a decision, with the arguments for and against. */
export type Option = NonNullable<DecisionSpec['options']>[number]
type Side = 'good' | 'neutral' | 'bad'

const LONGEST_TITLE = 200
const MOST = 100

/** Options a list names, one an item; a description after a dash or in nested items stays out of the title when it is long. */
export function listedOptions(lines: readonly Line[]): Option[] {
  const items = itemsOf(lines)
  const outer = items.reduce((least, item) => Math.min(least, item.indent), Infinity)
  return items
    .filter((item) => item.indent <= outer + 1)
    .slice(0, MOST)
    .flatMap((item) => optionOf(item.text))
}

/** An option with a section of its own: its title, what is said of it, and the arguments for and against. */
export function describedOption(section: Section, inner: readonly Section[]): Option[] {
  const [option] = optionOf(section.title)
  if (!option) return []
  addArguments(option, section.lines, null)
  for (const part of inner) addArguments(option, part.lines, sideNamed(part.title))
  const description = descriptionOf(section.lines)
  if (description) option.description = option.description ? `${option.description}\n\n${description}` : description
  return [option]
}

/** Joins what a list says of an option with what its own section says. */
export function mergedOptions(listed: readonly Option[], described: readonly Option[]): Option[] {
  const options = listed.map((option) => ({ ...option }))
  for (const more of described) {
    const same = options.find((option) => sameTitle(option.title, more.title))
    if (!same) options.push(more)
    else
      for (const field of ['description', 'good', 'neutral', 'bad'] as const)
        if (more[field] !== undefined) Object.assign(same, { [field]: more[field] })
  }
  return options.slice(0, MOST)
}

function optionOf(text: string): Option[] {
  const plain = plainText(text)
  if (plain === '') return []
  if (plain.length <= LONGEST_TITLE) return [{ title: plain }]
  const cut = /^(.{3,200}?)(?:[:;.]\s|\s[–—-]\s)/.exec(plain)
  const title = cut ? cut[1]! : `${plain.slice(0, LONGEST_TITLE - 1)}…`
  return [{ title, description: plain.slice(0, 10_000) }]
}

function sameTitle(first: string, second: string): boolean {
  const [a, b] = [first, second].map((title) =>
    title
      .toLowerCase()
      .replace(/^(?:option|alternative|solution)\s+(?:\d+|[a-z])\s*[:.)–-]\s*(?=\S)/, '')
      .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
      .trim(),
  )
  return a === b || (a!.length > 3 && b!.length > 3 && (a!.startsWith(`${b} `) || b!.startsWith(`${a} `)))
}

const OPENING: readonly { side: Side; words: RegExp }[] = [
  { side: 'good', words: /^(?:(?:good|pros?|advantages?|positive)\b\s*[,:.–-]*\s*(?:because\b\s*)?|[+✅👍✔]\s*)/iu },
  { side: 'neutral', words: /^(?:neutral\b\s*[,:.–-]*\s*(?:because\b\s*)?|[~ℹ]\s*)/iu },
  { side: 'bad', words: /^(?:(?:bad|cons?|disadvantages?|negative)\b\s*[,:.–-]*\s*(?:because\b\s*)?|[-–−❌👎✖✗]\s*)/iu },
]

/** Arguments such as `Good, because …`, `+ …`, or items below `Pros:`. */
function addArguments(option: Option, lines: readonly Line[], side: Side | null): void {
  let under = side
  for (const block of blocksOf(lines)) {
    const heading = sideNamed(block.lead)
    if (heading) under = heading
    for (const item of itemsOf(block.lines)) {
      const named = sideNamed(item.text)
      if (named) {
        under = named
        continue
      }
      const opening = OPENING.find(({ words }) => words.test(plainText(item.text)))
      const to = opening?.side ?? under
      const said = plainText(item.text)
        .replace(opening?.words ?? /^/, '')
        .trim()
      if (!to || said === '') continue
      const sayings = (option[to] ??= [])
      if (sayings.length < MOST) sayings.push(said.slice(0, 2_000))
    }
  }
}

/** Lines cut at paragraphs that could say `Pros:`. */
function blocksOf(lines: readonly Line[]): { lead: string; lines: Line[] }[] {
  const blocks: { lead: string; lines: Line[] }[] = [{ lead: '', lines: [] }]
  for (const line of lines) {
    if (!line.code && !/^\s*(?:[*+-]|\d+[.)])\s/.test(line.text) && sideNamed(line.text)) blocks.push({ lead: line.text, lines: [] })
    else blocks.at(-1)!.lines.push(line)
  }
  return blocks
}

function sideNamed(text: string): Side | null {
  const name =
    text.length > 60
      ? ''
      : plainText(text)
          .toLowerCase()
          .replaceAll(/[^a-z ]/g, '')
          .trim()
  if (/^(?:pros|advantages|benefits|positives?|good|strengths)$/.test(name)) return 'good'
  if (/^(?:cons|disadvantages|drawbacks|negatives?|bad|weaknesses)$/.test(name)) return 'bad'
  return name === 'neutral' ? 'neutral' : null
}

function descriptionOf(lines: readonly Line[]): string {
  const text: string[] = []
  for (const line of lines) {
    if (line.code || /^\s*(?:[*+-]|\d+[.)])\s/.test(line.text) || sideNamed(line.text)) break
    text.push(line.text)
  }
  return plainText(text.join('\n')).slice(0, 10_000)
}
