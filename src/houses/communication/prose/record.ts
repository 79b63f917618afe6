import { DecisionSpec, type Entity } from '../../../ground/catalog/index.ts'

const TradeOffs = DecisionSpec.shape.tradeOffs.unwrap()

interface Option {
  title: string
  description?: string
  good?: string[]
  bad?: string[]
  neutral?: string[]
}

/** The Markdown of a decision: the record as written where there is one, else written from its fields in MADR's order. */
export function recordMarkdown(entity: Entity): string {
  const { spec } = entity
  const text = (field: string) => (typeof spec[field] === 'string' && spec[field].trim() !== '' ? spec[field] : null)
  const body = text('body')
  if (body) return body
  const parts = [
    part('Context and problem', text('context')),
    part('Decision drivers', bullets(spec.drivers)),
    part('Considered options', options(spec.options)),
    part('Trade-offs', tradeOffs(spec.tradeOffs)),
    part('Decision', text('outcome')),
    part('Consequences', text('consequences')),
    part('Confirmation', text('confirmation')),
  ]
  return parts.filter((one) => one !== null).join('\n\n')
}

function part(heading: string, text: string | null): string | null {
  return text === null ? null : `## ${heading}\n\n${text}`
}

function bullets(items: unknown): string | null {
  const texts = Array.isArray(items) ? items.filter((item): item is string => typeof item === 'string') : []
  return texts.length === 0 ? null : texts.map((text) => `- ${text}`).join('\n')
}

function options(items: unknown): string | null {
  const list = Array.isArray(items) ? items.filter(isOption) : []
  if (list.length === 0) return null
  return list
    .map(({ title, description, good = [], neutral = [], bad = [] }) =>
      [
        `### ${title}`,
        ...(description ? [description] : []),
        [
          ...good.map((text) => `- Good: ${text}`),
          ...neutral.map((text) => `- Neutral: ${text}`),
          ...bad.map((text) => `- Bad: ${text}`),
        ].join('\n'),
      ]
        .filter((one) => one !== '')
        .join('\n\n'),
    )
    .join('\n\n')
}

/** Options by criteria as a table, with the words of each effect: a mark alone would tell nobody. */
function tradeOffs(rows: unknown): string | null {
  const read = TradeOffs.safeParse(rows)
  if (!read.success || read.data.length === 0) return null
  const titles = [...new Set(read.data.flatMap(({ options }) => options.map(({ option }) => option)))]
  const row = (cells: readonly string[]) =>
    `| ${cells.map((text) => text.replaceAll(/\s+/g, ' ').replaceAll('|', String.raw`\|`)).join(' | ')} |`
  const body = read.data.map(({ criterion, options }) =>
    row([
      criterion,
      ...titles.map((title) => {
        const one = options.find(({ option }) => option === title)
        return one ? `${one.effect}${one.note ? `: ${one.note}` : ''}` : 'unknown'
      }),
    ]),
  )
  return [row(['Criterion', ...titles]), row(['---', ...titles.map(() => '---')]), ...body].join('\n')
}

function isOption(item: unknown): item is Option {
  return typeof item === 'object' && item !== null && 'title' in item && typeof item.title === 'string'
}
