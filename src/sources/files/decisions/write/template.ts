import type { DecisionSpec } from '../../../../ground/catalog/index.ts'
import { slugOf } from '../../slug.ts'
import { EFFECT_MARKS } from '../trade-offs.ts'

/** What a new record says; what is left out is asked for in words to be replaced. */
export interface NewRecord extends Pick<
  DecisionSpec,
  'status' | 'deciders' | 'context' | 'drivers' | 'options' | 'tradeOffs' | 'outcome' | 'serves' | 'supports' | 'affects'
> {
  title: string
  number: number
  /** `2026-05-04` */
  date: string
}

/** `0031-split-the-order-service.md`; as many digits as the log uses. */
export function recordFileName({ title, number }: Pick<NewRecord, 'title' | 'number'>, digits: number): string {
  return `${String(number).padStart(digits, '0')}-${slugOf(title)
    .slice(0, 58)
    .replace(/[-_.]+$/, '')}.md`
}

/**
 * A record in the form of MADR 4 (https://adr.github.io/madr/decisions/adr-template.html), with the matrix of options by
 * criteria, the premortem and the fields by which the decision is watched below it.
 */
export function recordText(record: NewRecord): string {
  const options = record.options ?? []
  const matter = [
    `status: ${record.status ?? 'proposed'}`,
    `date: ${record.date}`,
    ...list('decision-makers', record.deciders),
    ...list('serves', record.serves),
    ...list('supports', record.supports),
    ...list('affects', record.affects),
    '# What you expect, how sure you are, and two limits that would show first that it goes wrong:',
    '# expects:',
    '#   - { measure: delivery.change_lead_time, atMost: 2d, by: 2027-01-31, probability: 0.7 }',
    '# tripwires:',
    '#   - { measure: delivery.change_failure_rate, atMost: 15%, because: … }',
    '#   - { measure: delivery.change_size, quantile: p75, atMost: 400 }',
  ]
  const parts = [
    `---\n${matter.join('\n')}\n---`,
    `# ${oneLine(record.title)}`,
    `## Context and Problem Statement\n\n${record.context?.trim() || '<!-- What asks for a decision, in two or three sentences, and why now. -->'}`,
    ...(record.drivers?.length ? [`## Decision Drivers\n\n${bullets(record.drivers)}`] : []),
    `## Considered Options\n\n${options.length > 0 ? bullets(options.map(({ title }) => title)) : '<!-- * One option a line; two at least, one of them to leave things as they are. -->'}`,
    ...matrix(record),
    `## Decision Outcome\n\n${record.outcome?.trim() || '<!-- Chosen option: "…", because … -->'}`,
    '### Consequences\n\n<!-- * Good, because …\n* Bad, because … -->',
    '### Confirmation\n\n<!-- How anybody can see that it is kept. -->',
    ...(options.length > 0 ? [`## Pros and Cons of the Options\n\n${options.map(argued).join('\n\n')}`] : []),
    '## Premortem\n\n<!-- It failed because … -->',
  ]
  return `${parts.join('\n\n')}\n`
}

function argued({ title, description, good = [], neutral = [], bad = [] }: NonNullable<NewRecord['options']>[number]): string {
  const said = [
    ...good.map((text) => `* Good, because ${text}`),
    ...neutral.map((text) => `* Neutral, because ${text}`),
    ...bad.map((text) => `* Bad, because ${text}`),
  ]
  return [
    `### ${oneLine(title)}`,
    ...(description?.trim() ? [description.trim()] : []),
    said.length > 0 ? said.join('\n') : '<!-- * Good, because …\n* Bad, because … -->',
  ].join('\n\n')
}

function matrix({ options = [], tradeOffs = [] }: NewRecord): string[] {
  if (tradeOffs.length === 0) return []
  const titles = options.map(({ title }) => title)
  const row = (cells: readonly string[]) => `| ${cells.map(cell).join(' | ')} |`
  const rows = tradeOffs.map(({ criterion, outcome, options: judged }) =>
    row([
      outcome ?? criterion,
      ...titles.map((title) => {
        const one = judged.find(({ option }) => option === title)
        return `${EFFECT_MARKS[one?.effect ?? 'unknown']} ${one?.note ?? ''}`
      }),
    ]),
  )
  const legend = 'Each cell: ++ much better, + better, 0 the same, − worse, −− much worse, ? not known; then why.'
  return [`## Trade-off matrix\n\n${[row(['', ...titles]), row(['---', ...titles.map(() => '---')]), ...rows].join('\n')}\n\n${legend}`]
}

function cell(text: string): string {
  return oneLine(text).replaceAll('|', String.raw`\|`)
}

function list(name: string, items: readonly string[] | undefined): string[] {
  return items?.length ? [`${name}: [${items.map((item) => JSON.stringify(item)).join(', ')}]`] : []
}

function bullets(items: readonly string[]): string {
  return items.map((item) => `* ${oneLine(item)}`).join('\n')
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim()
}
