import type { Line, Outline, Section } from './outline.ts'
import { markdownOf } from './outline.ts'
import { sectionRole, type SectionRole } from './section-names.ts'

/** A section with a role, and the deeper sections without one that belong to it. */
export interface Part {
  role: SectionRole
  section: Section
  inner: Section[]
}

/** A record's sections by what they are about. */
export interface Parts {
  /** The heading that is the title, if there is one. */
  title: Section | null
  /** Where a record writes its fields: before the first section, below the title, and in a section of their own. */
  head: Line[]
  parts: Part[]
}

export function partsOf({ preamble, sections }: Outline): Parts {
  const first = sections[0]
  const title =
    sections.find((section, index) => section.level === 1 && sectionRole(section.title) === null && index < 3) ??
    (first && sectionRole(first.title) === null ? first : null)
  const parts: Part[] = []
  let open: Part | null = null
  for (const section of sections) {
    if (section === title) continue
    const role = sectionRole(section.title)
    if (role !== null) {
      open = { role, section, inner: [] }
      parts.push(open)
    } else if (open && section.level > open.section.level) open.inner.push(section)
    else open = null
  }
  const head = [...preamble, ...(title?.lines ?? []), ...parts.flatMap((part) => (part.role === 'metadata' ? part.section.lines : []))]
  return { title, head, parts }
}

/** Everything said under one role, as Markdown; deeper sections keep their headings. */
export function saidUnder(parts: readonly Part[], role: SectionRole): string {
  return parts
    .filter((part) => part.role === role)
    .map(({ section, inner }) => {
      const heading = /^(?:positive|negative|neutral)\b/i.test(section.title) ? `**${section.title}**\n\n` : ''
      return `${heading}${[section, ...inner].map((one, index) => (index === 0 ? '' : `${'#'.repeat(one.level)} ${one.title}\n\n`) + markdownOf(one.lines)).join('\n\n')}`.trim()
    })
    .filter((text) => text !== '')
    .join('\n\n')
}
