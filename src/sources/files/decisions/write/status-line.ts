import { fieldsIn } from '../fields.ts'
import { readFrontMatter } from '../front-matter.ts'
import { DEFAULT_LIMITS } from '../../limits.ts'
import { outlineOf } from '../outline.ts'
import { partsOf } from '../sections.ts'
import { Lines } from './lines.ts'
import type { RecordLink, RecordText } from './record-text.ts'

/** `* Status: accepted <!-- … -->`: what stands before the value, the value, and what follows it. */
export const FIELD_LINE = /^(\s*(?:[*+-]\s+)?[*_`]{0,3}[A-Za-z][A-Za-z -]*?[*_`]{0,3}\s?:[*_`]{0,3}[ \t]*)(.*?)(\s*(?:<!--.*-->\s*)?)$/
const ROW = /^(\s*\|[^|]*\|\s*)([^|]*?)(\s*\|?\s*)$/
/** A plain or quoted value of YAML on one line, with what follows it. */
const MATTER_LINE = /^([^:#]+:[ \t]*)((?![[{|>&*!])(?:"[^"]*"|'[^']*'|[^"'#\s](?:[^#]|(?<!\s)#)*?)?)(\s*(?:\s#.*)?)$/

/** The record with its status replaced, in each place a status may stand; the likeliest first. */
export function statusPlaces({ text }: Pick<RecordText, 'text'>, to: RecordLink): string[] {
  const lines = new Lines(text)
  const matter = readFrontMatter(text, DEFAULT_LIMITS)
  const { title, head, parts } = partsOf(outlineOf(matter.body, matter.linesBefore))
  const places: string[] = []

  const stated = matter.fields.get('status')
  if (stated) {
    const match = MATTER_LINE.exec(lines.at(stated.line))
    if (match) places.push(lines.with(stated.line, `${match[1]!.trimEnd()} ${JSON.stringify(`superseded by ${to.field}`)}${match[3]}`))
  }
  for (const { name, line } of fieldsIn(head)) {
    if (name !== 'status') continue
    const match = FIELD_LINE.exec(lines.at(line)) ?? ROW.exec(lines.at(line))
    if (match) places.push(lines.with(line, `${match[1]!.replace(/:$/, ': ')}superseded by ${to.field}${match[3]}`))
  }
  for (const { role, section } of parts) {
    if (role !== 'status') continue
    const said = section.lines.find(({ text: shown, code }) => !code && shown.trim() !== '')
    const words = `Superseded by ${to.section}`
    if (!said) places.push(lines.after(section.line, '', words))
    else {
      const bullet = /^\s*(?:[*+-]\s+)?/.exec(lines.at(said.line))![0]
      places.push(lines.with(said.line, bullet + words))
      // A status that says more than its word, such as its day, is kept below.
      places.push(lines.after(said.line - 1, bullet + words, ...(bullet.trim() === '' ? [''] : [])))
    }
  }
  if (places.length > 0) return places
  if (matter.linesBefore > 0) return [lines.after(1, `status: ${JSON.stringify(`superseded by ${to.field}`)}`)]
  return [lines.after(title?.line ?? 0, ...(title ? [''] : []), `Status: superseded by ${to.field}`, ...(title ? [] : ['']))]
}
