import { fieldsIn } from '../fields.ts'
import { readFrontMatter } from '../front-matter.ts'
import { DEFAULT_LIMITS } from '../../limits.ts'
import { outlineOf } from '../outline.ts'
import { partsOf } from '../sections.ts'
import { Lines } from './lines.ts'
import { FIELD_LINE } from './status-line.ts'
import type { RecordLink, RecordText } from './record-text.ts'

/** The record with the statement that it supersedes another, in each place such a statement may stand; the likeliest first. */
export function statementPlaces({ text }: Pick<RecordText, 'text'>, to: RecordLink): string[] {
  const lines = new Lines(text)
  const matter = readFrontMatter(text, DEFAULT_LIMITS)
  const { title, head, parts } = partsOf(outlineOf(matter.body, matter.linesBefore))
  const places: string[] = []

  const status = matter.fields.get('status')
  if (matter.linesBefore > 0) places.push(...inMatter(lines, matter, to, status?.line ?? matter.linesBefore - 1))
  for (const { name, line } of fieldsIn(head)) {
    if (name !== 'status') continue
    const match = FIELD_LINE.exec(lines.at(line))
    if (match) places.push(lines.after(line, `${match[1]!.replace(/[A-Za-z][A-Za-z -]*/, 'Supersedes').trimEnd()} ${to.field}`))
    if (/^\s*\|/.test(lines.at(line))) places.push(lines.after(line, `| Supersedes | ${to.field} |`))
  }
  for (const { role, section } of parts) {
    if (role !== 'status') continue
    const last = section.lines.findLast(({ text: shown, code }) => !code && shown.trim() !== '')
    const words = `Supersedes ${to.section}`
    if (!last) places.push(lines.after(section.line, '', words))
    else {
      const bullet = /^\s*[*+-]\s+/.exec(lines.at(last.line))?.[0]
      places.push(bullet ? lines.after(last.line, bullet + words) : lines.after(last.line, '', words))
    }
  }
  places.push(lines.after(title?.line ?? 0, ...(title ? [''] : []), `Supersedes: ${to.field}`, ...(title ? [] : [''])))
  return places
}

type Matter = ReturnType<typeof readFrontMatter>

/** A field of its own, or one more among those that stand there. */
function inMatter(lines: Lines, matter: Matter, to: RecordLink, after: number): string[] {
  const stands = matter.fields.get('supersedes')
  if (!stands) return [lines.after(after, `supersedes: ${JSON.stringify(to.field)}`)]
  const line = lines.at(stands.line)
  const list = /^(.*\[.*?)(,?\s*)(\]\s*)$/.exec(line)
  if (list) return [lines.with(stands.line, `${list[1]}, ${JSON.stringify(to.field)}${list[3]}`)]
  const single = /^([^:]+:\s*)(\S.*?)\s*$/.exec(line)
  if (single) {
    const said = /^["']/.test(single[2]!) ? single[2]! : JSON.stringify(single[2])
    return [lines.with(stands.line, `${single[1]}[${said}, ${JSON.stringify(to.field)}]`)]
  }
  let last = stands.line
  let dash = '  - '
  for (let at = stands.line + 1; /^\s*-\s/.test(lines.at(at)); at++) {
    last = at
    dash = /^\s*-\s+/.exec(lines.at(at))![0]
  }
  return last > stands.line ? [lines.after(last, `${dash}${JSON.stringify(to.field)}`)] : []
}
