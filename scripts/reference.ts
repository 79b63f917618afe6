/**
 * Writes docs/reference/ from the code itself: commands, measures, records, intent kinds and the API. With `--check` it
 * only says whether what is there is fresh.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import type { TaughtCommand } from '../src/doors/cli/command.ts'
import { operations } from '../src/doors/http/api.ts'
import type { Ground } from '../src/ground/index.ts'
import { Evidence } from '../src/ground/ledger/index.ts'
import { groundOn } from '../src/main.ts'

const folder = join(import.meta.dirname, '..', 'docs', 'reference')

type Plain = string | number | boolean | null

type Schema = {
  title?: string
  type?: string
  properties?: Record<string, Schema>
  required?: string[]
  items?: Schema
  enum?: Plain[]
  const?: Plain
  anyOf?: Schema[]
  oneOf?: Schema[]
  default?: Plain
  format?: string
  additionalProperties?: Schema | boolean
}

async function commands(): Promise<string> {
  const files = readdirSync(join(import.meta.dirname, '..', 'src', 'doors', 'cli', 'commands')).filter((file) => file.endsWith('.ts'))
  const parts = await Promise.all(
    files.sort().map(async (file) => {
      const { command, examples } = ((await import(`../src/doors/cli/commands/${file}`)) as { default: TaughtCommand }).default
      const { name = file, description = '' } = (command.meta ?? {}) as { name?: string; description?: string }
      const args = Object.entries((command.args ?? {}) as Record<string, { type?: string; description?: string; default?: Plain }>)
      const rows = args.map(([arg, { type, description: about = '', default: preset }]) => [
        type === 'positional' ? `\`<${arg}>\`` : `\`--${arg}\``,
        `${about}${preset === undefined || preset === false ? '' : ` (${String(preset)} unless said)`}`,
      ])
      return `## \`${name}\`\n\n${description}\n\n${table(['argument', 'meaning'], rows)}\n\n\`\`\`sh\n${examples.join('\n')}\n\`\`\``
    }),
  )
  return page(
    'Commands',
    'Every command takes `--json`: standard output is then exactly one JSON value. Exit code 0: yes or done, 1: no or problems found, 2: could not.',
    parts,
  )
}

function measures(ground: Ground): string {
  return page(
    'Measures',
    'Every measure answers one question from records. A reading says its window, how many records stand behind it, what was left out and why; what cannot be known is unknown, never zero.',
    ground.measures.list().map(({ id, title, question, unit, better, definition, dimensions = [], kinds }) => {
      const rows = [
        ['unit', unit],
        ['better', better ?? 'nobody has said'],
        ['rests on', kinds.map((kind) => `\`${kind}\``).join(', ')],
        ['filters', dimensions.map(({ name, default: preset }) => `\`${name}\`${preset ? ` (${preset})` : ''}`).join(', ') || 'none'],
      ]
      return `## \`${id}\`\n\n**${title}.** ${question}\n\n${definition}\n\n${table(['', ''], rows)}`
    }),
  )
}

function records(): string {
  return page(
    'Records',
    'One JSON object a line, sent to `POST /api/evidence` or read by `throughline import`. Fields not listed here are kept. A record is named by subject, source, kind and id: the same again changes nothing, other content is a revision.',
    Evidence.options.map((kind) => {
      const schema = jsonSchema(kind)
      return `## \`${String(schema.properties?.kind?.const)}\`\n\n${fields(schema)}`
    }),
  )
}

function sources(ground: Ground): string {
  const example = { address: 'the address shown when connecting', secret: 'the secret shown when connecting' }
  return page(
    'Sources',
    'Systems that can be connected, what each brings, and what is set on its side. `throughline sources connect <name>` or the Sources page shows the address and the secrets.',
    ground.intake.sources().map(({ kind, title, brings, steps, settings, secrets }) => {
      const clicks = steps.map((step, place) => {
        const [said = '', ...lines] = step.split('\n')
        const words = said.replaceAll('{address}', `*${example.address}*`).replaceAll(/\{secret:[^}]*\}/g, `*${example.secret}*`)
        const copied = ['```yaml', ...lines, '```'].map((line) => `   ${line.replaceAll('{address}', `<${example.address}>`)}`)
        return [`${place + 1}. ${words}`, ...(lines.length ? ['', ...copied] : [])].join('\n')
      })
      const set = rowsOf(jsonSchema(settings), '').map(([name, value, needed]) => [name!, value!, needed!])
      const asked = secrets
        .filter(({ made }) => made === 'there')
        .map(({ name, label, optional, afterwards }) => [
          `secret \`${name}\``,
          label,
          afterwards ? 'given afterwards' : optional ? '' : 'needed',
        ])
      const told = [...set, ...asked]
      const readme = `src/sources/${folderOf(kind)}/README.md`
      return [
        `## ${title} (\`${kind}\`)`,
        brings,
        clicks.join('\n'),
        ...(told.length ? [table(['setting', 'value', ''], told)] : []),
        `What becomes of each event stands in [${readme}](../../${readme}).`,
      ].join('\n\n')
    }),
  )
}

/** Where a source is told of: the folder of its name, otherwise the one whose code defines it beside its siblings. */
function folderOf(kind: string): string {
  const all = join(import.meta.dirname, '..', 'src', 'sources')
  if (existsSync(join(all, kind, 'README.md'))) return kind
  const defines = (one: string) =>
    readdirSync(join(all, one), { recursive: true, encoding: 'utf8' }).some(
      (file) => file.endsWith('.ts') && readFileSync(join(all, one, file), 'utf8').includes(`kind: '${kind}'`),
    )
  const found = readdirSync(all).find((one) => existsSync(join(all, one, 'README.md')) && defines(one))
  if (!found) throw new Error(`No README under src/sources tells of ${kind}`)
  return found
}

function intent(ground: Ground): string {
  const own = ground.catalog.kinds().filter(({ apiVersions }) => apiVersions.some((version) => version.startsWith('throughline.dev/')))
  return page(
    'Intent',
    'YAML documents with `apiVersion: throughline.dev/v1`, a `kind`, `metadata.name` and the `spec` below. Backstage descriptors and decision records are read as they are.',
    own.map(({ kind, spec }) => `## ${kind}\n\n${fields(jsonSchema(spec))}`),
  )
}

function api(): string {
  const rows = [...operations]
    .map(({ method, path, scope, summary }) => [`\`${method.toUpperCase()} /api${path.replaceAll('+}', '}')}\``, scope, summary])
    .sort((a, b) => (a[0]! < b[0]! ? -1 : 1))
  return page(
    'HTTP API',
    'The whole description, with inputs and answers, is served as OpenAPI 3.1 under `/openapi.json`. A refusal is `application/problem+json` with a stable `code`, the place and what to do.',
    [table(['request', 'scope', 'what it does'], rows)],
  )
}

/** The fields of an object, those inside others with a dotted name. */
function fields(schema: Schema): string {
  return table(['field', 'value', ''], rowsOf(schema, ''))
}

function rowsOf({ properties = {}, required = [] }: Schema, inside: string): string[][] {
  return Object.entries(properties).flatMap(([name, inner]) => {
    const row = [`\`${inside}${name}\``, valueWords(inner), required.includes(name) && inner.default === undefined ? 'needed' : '']
    const nested = inner.properties
      ? rowsOf(inner, `${inside}${name}.`)
      : inner.items?.properties
        ? rowsOf(inner.items, `${inside}${name}[].`)
        : []
    return [row, ...nested]
  })
}

function valueWords(schema: Schema): string {
  const words = (() => {
    if (schema.title) return schema.title
    if (schema.const !== undefined) return `\`${String(schema.const)}\``
    if (schema.enum) return schema.enum.map((one) => `\`${String(one)}\``).join(', ')
    const either = schema.anyOf ?? schema.oneOf
    if (either) return [...new Set(either.map(valueWords))].join(' or ')
    if (schema.type === 'array') return `list of ${schema.items ? valueWords(schema.items) : 'anything'}`
    if (schema.type === 'object') return schema.properties ? 'object' : 'names and values'
    return schema.format === 'uri'
      ? 'web address'
      : schema.type === 'string'
        ? 'text'
        : schema.type === 'boolean'
          ? 'true or false'
          : (schema.type ?? 'anything')
  })()
  return schema.default === undefined ? words : `${words} (\`${String(schema.default)}\` unless said)`
}

function jsonSchema(schema: z.ZodType): Schema {
  return z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' }) as Schema
}

function table(head: string[], rows: readonly string[][]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`
  return [line(head), `|${' --- |'.repeat(head.length)}`, ...rows.map(line)].join('\n')
}

function page(title: string, about: string, parts: readonly string[]): string {
  return `<!-- Generated by "node scripts/reference.ts"; a check keeps it fresh. -->\n\n# ${title}\n\n${about}\n\n${parts.join('\n\n')}\n`
}

const closed = new Proxy({}, { get: () => () => Promise.reject(new Error('no store is open')) }) as Ground['store']
const ground = groundOn(closed, Date.now, Buffer.alloc(32))
const pages: Record<string, string> = {
  'commands.md': await commands(),
  'measures.md': measures(ground),
  'records.md': records(),
  'intent.md': intent(ground),
  'sources.md': sources(ground),
  'api.md': api(),
}

if (process.argv.includes('--check')) {
  const stale = Object.entries(pages).filter(([name, text]) => read(join(folder, name)) !== text)
  if (stale.length > 0) {
    console.error(`${stale.map(([name]) => `docs/reference/${name}`).join(', ')}: not what the code says. Run: node scripts/reference.ts`)
    process.exit(1)
  }
} else {
  mkdirSync(folder, { recursive: true })
  for (const [name, text] of Object.entries(pages)) writeFileSync(join(folder, name), text)
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}
