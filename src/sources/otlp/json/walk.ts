import { READ_ATTRIBUTES, telemetryResource, type TelemetryResource } from '../../../ground/intake/index.ts'
import { UnreadableBytes } from '../wire/reader.ts'

export type Fields = Readonly<Record<string, unknown>>

/**
 * The JSON encoding (opentelemetry.io/docs/specs/otlp, "JSON Protobuf Encoding"): lowerCamelCase names, ids hexadecimal,
 * enums as whole numbers, 64-bit numbers as text or number; unknown fields are passed over, null is what is missing.
 */
export function fieldsOf(value: unknown, where: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new UnreadableBytes(`${where} is not an object`)
  return value as Fields
}

export function listOf(value: unknown, where: string): readonly unknown[] {
  if (value === undefined || value === null) return []
  if (!Array.isArray(value)) throw new UnreadableBytes(`${where} is not a list`)
  return value
}

export function textOf(value: unknown, where: string): string {
  if (value === undefined || value === null) return ''
  if (typeof value !== 'string') throw new UnreadableBytes(`${where} is not a text`)
  return value
}

/** A number, or a text that is one; 0 where it is missing. */
export function numberOf(value: unknown, where: string): number {
  if (value === undefined || value === null) return 0
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  if (typeof number !== 'number' || !Number.isFinite(number)) throw new UnreadableBytes(`${where} is not a number`)
  return number
}

/** What JSON has no numbers for (protobuf.dev, "JSON Options", double). */
const TEXTS = new Map<unknown, number>([
  ['NaN', NaN],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
])

/** A double, which may also be none, or without end. */
export function doubleOf(value: unknown, where: string): number {
  return TEXTS.get(value) ?? numberOf(value, where)
}

/** Nanoseconds as milliseconds. */
export function timeOf(value: unknown, where: string): number {
  return numberOf(value, where) / 1e6
}

/** An id of so many bytes in hexadecimal digits; null where it is missing, of another length or only zeros. */
export function idOf(value: unknown, bytes: number, where: string): string | null {
  const id = textOf(value, where).toLowerCase()
  if (!/^[0-9a-f]*$/.test(id)) throw new UnreadableBytes(`${where} is not hexadecimal`)
  return id.length !== bytes * 2 || /^0+$/.test(id) ? null : id
}

export const isRead = (name: string): boolean => READ_ATTRIBUTES.has(name)
export const any = () => true

/** Attributes whose names are wanted and whose values are plain. */
export function attributesOf(value: unknown, where: string, wanted: (name: string) => boolean): Map<string, string> {
  const attributes = new Map<string, string>()
  listOf(value, where).forEach((one, n) => {
    const { key, value: any } = fieldsOf(one, `${where}[${n}]`)
    const name = textOf(key, `${where}[${n}].key`)
    const text = wanted(name) ? valueText(any, `${where}[${n}].value`) : null
    if (text !== null) attributes.set(name, text)
  })
  return attributes
}

/** A plain value (AnyValue) as text; null for lists, maps, bytes and nothing. */
export function valueText(value: unknown, where: string): string | null {
  if (value === undefined || value === null) return null
  const { stringValue, boolValue, intValue, doubleValue } = fieldsOf(value, where)
  if (stringValue !== undefined && stringValue !== null) return textOf(stringValue, `${where}.stringValue`)
  for (const plain of [boolValue, intValue, doubleValue])
    if (typeof plain === 'string' || typeof plain === 'number' || typeof plain === 'boolean') return String(plain)
  return null
}

/** The items of a request with who sent them, the scope that made them, and where each stands. */
export function* itemsIn(
  body: unknown,
  [groups, scopes, items]: readonly [string, string, string],
): Generator<{ resource: TelemetryResource; scope: string; item: Fields; where: string }> {
  const request = fieldsOf(body, 'the body')
  for (const [n, one] of listOf(request[groups], groups).entries()) {
    const group = fieldsOf(one, `${groups}[${n}]`)
    const resource = resourceOf(group.resource, `${groups}[${n}].resource`)
    for (const [m, other] of listOf(group[scopes], `${groups}[${n}].${scopes}`).entries()) {
      const path = `${groups}[${n}].${scopes}[${m}]`
      const made = fieldsOf(other, path)
      const scope =
        made.scope === undefined || made.scope === null ? '' : textOf(fieldsOf(made.scope, `${path}.scope`).name, `${path}.scope.name`)
      for (const [k, item] of listOf(made[items], `${path}.${items}`).entries()) {
        const where = `${path}.${items}[${k}]`
        yield { resource, scope, item: fieldsOf(item, where), where }
      }
    }
  }
}

function resourceOf(value: unknown, where: string): TelemetryResource {
  const fields = value === undefined || value === null ? {} : fieldsOf(value, where)
  return telemetryResource(attributesOf(fields.attributes, `${where}.attributes`, any))
}
