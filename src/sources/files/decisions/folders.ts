import { outlineOf } from './outline.ts'
import { sectionRole } from './section-names.ts'

const LOGS = /^(?:m?adrs?|decisions?|decision[-_ ](?:records?|logs?)|architectur(?:e|al)[-_ ]decisions?(?:[-_ ](?:records?|logs?))?|adl)$/i
const NOT_RECORDS = /^[_.]*(?:readme|index)(?![a-z0-9])/i
const TEMPLATE =
  /^[_.]*(?:(?:m?adr|decision|record|rfc|nygard|short|long|full|minimal|bare|simple|\d+)[-_. ]*)*templates?(?:[-_. ]*(?:m?adr|decision|record|short|long|full|minimal|bare|simple|nygard|v?\d+))*$/i

export function isMarkdown(name: string): boolean {
  return /\.(?:md|markdown)$/i.test(name)
}

/** True when one of the folders on the way to a file is named as decision logs are: `docs/adr`, `doc/architecture/decisions`. */
export function liesInLog(rootName: string, path: string): boolean {
  return [rootName, ...path.split('/').slice(0, -1)].some((folder) => LOGS.test(folder))
}

/** In a log every Markdown file is a record, except README, index and templates. */
export function isRecordName(path: string): boolean {
  const segments = path.split('/')
  const name = segments.at(-1)!.replace(/\.\w+$/, '')
  return (
    isMarkdown(path) &&
    !NOT_RECORDS.test(name) &&
    !TEMPLATE.test(name) &&
    !segments.slice(0, -1).some((folder) => /^[_.]*templates?$/i.test(folder))
  )
}

/** Whether a file looks like a record by its name or its sections: for folders that are not named as a log. */
export function looksLikeRecord(path: string, text: string): boolean {
  const name = path.split('/').at(-1)!
  if (/^(?:(?:m?adr|rfc|decision)[-_ .]*)?\d{1,8}[-_ .]/i.test(name)) return true
  const roles = new Set(outlineOf(text.slice(0, 100_000)).sections.map((section) => sectionRole(section.title)))
  return roles.has('outcome') && (roles.has('context') || roles.has('status') || roles.has('options'))
}

/** A copy of a template that nobody filled in: its title is still the placeholder. */
export function isUnfilled(text: string): boolean {
  const title = outlineOf(text.slice(0, 20_000)).sections.find((section) => section.level === 1)?.title ?? ''
  return /^(?:\[[^\]]*\]|\{[^}]*\}|(?:adr|number|nnnn?|x+)[-:. ]+(?:title|short title)\b.*|NUMBER\. TITLE)$/i.test(title)
}
