import type { DecisionSpec, EntityDraft } from '../../../ground/catalog/index.ts'
import type { Problem } from '../../../ground/core/index.ts'
import type { Limits } from '../limits.ts'
import { dayOfFileName } from './dates.ts'
import { readFields, type RecordFields } from './record-fields.ts'
import { readFrontMatter } from './front-matter.ts'
import { itemsOf, plainText } from './inline.ts'
import { slugOf } from '../slug.ts'
import { bareTitle, numberOfFileName, numberOfTitle, titleOfFileName } from './names.ts'
import { describedOption, listedOptions, mergedOptions, type Option } from './options.ts'
import { type Line, markdownOf, outlineOf, type Section } from './outline.ts'
import { type Part, partsOf, saidUnder } from './sections.ts'
import { proseStatements, speaksOfSuperseding, type Statement, statementsIn } from './superseding-words.ts'
import { referencesIn, type RecordReference } from './references.ts'
import { tradeOffsIn } from './trade-offs.ts'

/** A decision record as read, before it is joined with the others of its log. */
export interface DecisionRecord {
  draft: EntityDraft & { file: string; line: number; spec: DecisionSpec }
  /** Folder the record lies in: numbers count within it. */
  folder: string
  fileName: string
  number: number | null
  statements: Statement[]
  /** Records named on lines that speak of replacing, in any words. */
  mentions: RecordReference[]
  problems: Problem[]
  /** Where the fields stand, by path: `spec.date`. */
  places: ReadonlyMap<string, { line: number; column: number }>
}

/**
 * Reads one decision record: MADR 2 to 4, Nygard and adr-tools, front matter, and what people make of them.
 * The spec keeps the whole record as Markdown in `body`. That text, like every field, comes from a file anybody may have
 * written: it is not trusted, and whoever shows it as HTML has to sanitise it.
 * @param path of the file below the folder, with slashes
 */
export function readRecord(path: string, text: string, namespace: string, limits: Limits): DecisionRecord {
  const matter = readFrontMatter(text, limits)
  const { title: titleSection, head, parts } = partsOf(outlineOf(matter.body, matter.linesBefore))
  const fileName = path
    .split('/')
    .at(-1)!
    .replace(/\.(?:md|markdown)$/i, '')
  const fields = readFields(matter, head, parts)
  const problems = [...matter.problems, ...fields.problems].map((problem) => ({ ...problem, file: path }))

  const written = plainText(titleSection?.title ?? '') || fields.title || titleOfFileName(fileName)
  const number = numberOfFileName(fileName) ?? numberOfTitle(written) ?? fields.number
  const named = numberOfTitle(written)
  if (number !== null && named !== null && named !== number && titleSection) {
    problems.push({
      code: 'files.number_mismatch',
      severity: 'warning',
      message: `The title says number ${named}, the file name ${number}`,
      fix: 'Give both the same number.',
      file: path,
      line: titleSection.line,
      column: 1,
    })
  }
  const spec: DecisionSpec = { ...fields.spec, ...contentOf(head, parts, matter.body, titleSection !== null) }
  if (number !== null) spec.number = number
  const day = dayOfFileName(fileName)
  if (!spec.date && day) spec.date = day
  return {
    draft: {
      apiVersion: 'throughline.dev/v1',
      kind: 'Decision',
      metadata: {
        name: slugOf(fileName),
        namespace,
        title: bareTitle(written).slice(0, 500),
        ...(fields.tags.length > 0 ? { tags: fields.tags } : {}),
      },
      spec: withoutEmpty(spec),
      file: path,
      line: 1,
    },
    folder: path.split('/').slice(0, -1).join('/'),
    fileName,
    number,
    ...statementsOf(fields, head, parts),
    problems,
    places: fields.places,
  }
}

function contentOf(head: readonly Line[], parts: readonly Part[], body: string, titled: boolean): DecisionSpec {
  const said = (role: Part['role']) => saidUnder(parts, role) || undefined
  const intro = markdownOf(
    head.filter(
      (line) => titled && !/^\s*(?:[*+-]\s+)?[*_`]{0,3}[A-Za-z -]{2,30}[*_`]{0,3}\s?:/.test(line.text) && !/^\s*\|/.test(line.text),
    ),
  )
  const under = (role: Part['role']) => parts.filter((part) => part.role === role)
  const listed = under('options').flatMap(({ section }) => (section.lines.length > 0 ? listedOptions(section.lines) : []))
  const described = [...under('options'), ...under('prosAndCons')].flatMap(({ inner }) => describedIn(inner.slice(0, MOST)))
  return {
    context: said('context') ?? (intro || undefined),
    drivers: under('drivers')
      .flatMap(({ section }) => itemsOf(section.lines).map((item) => plainText(item.text)))
      .filter((text) => text !== '')
      .slice(0, 100),
    options: mergedOptions(listed, described),
    tradeOffs: under('tradeOffs').flatMap(({ section }) => tradeOffsIn(section.lines)),
    outcome: said('outcome'),
    consequences: said('consequences'),
    confirmation: said('confirmation'),
    body: body.trim() === '' ? undefined : body,
  }
}

function describedIn(inner: readonly Section[]): Option[] {
  return inner.filter((one) => one.level === inner[0]!.level).flatMap((one) => describedOption(one, deeper(inner, one)))
}

/** The sections right below one of several, such as Pros and Cons of an option. */
function deeper(all: readonly Section[], one: Section): Section[] {
  const from = all.indexOf(one) + 1
  const next = all.findIndex((other, index) => index >= from && other.level <= one.level)
  return all.slice(from, next < 0 ? undefined : next)
}

/** Options, and lines that speak of other records, that are looked at; more is no decision record. */
const MOST = 500

function statementsOf(
  fields: RecordFields,
  head: readonly Line[],
  parts: readonly Part[],
): Pick<DecisionRecord, 'statements' | 'mentions'> {
  const statements = [...fields.statements]
  const mentions: RecordReference[] = []
  const lines = [...head, ...parts.flatMap(({ section, inner }) => [section, ...inner].flatMap((one) => one.lines))]
  for (const { text, line, code } of lines) {
    if (mentions.length > MOST) break
    if (code || text.length > 20_000 || !speaksOfSuperseding(text)) continue
    mentions.push(...referencesIn(text))
    statements.push(...proseStatements(text, line))
  }
  for (const { role, section } of parts) {
    if (role === 'status') statements.push(...section.lines.slice(0, MOST).flatMap(({ text, line }) => statementsIn(text, line)))
    if (role === 'supersedes' || role === 'supersededBy')
      statements.push(
        ...section.lines
          .slice(0, MOST)
          .flatMap(({ text, line }) => referencesIn(text.replace(/^\s*[*+-]\s+/, '')).map((target) => ({ direction: role, target, line }))),
      )
  }
  return { statements: statements.slice(0, MOST), mentions }
}

/** Leaves out what says nothing, so that a record reads the same from Markdown and from its export. */
function withoutEmpty(spec: DecisionSpec): DecisionSpec {
  return Object.fromEntries(
    Object.entries(spec).filter(([, value]) => value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0)),
  )
}
