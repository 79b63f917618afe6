import type { Attributes, Span } from '../../../../ground/intake/index.ts'
import { withoutPathValues } from './cut.ts'

/** Operations of one service and kind that are counted each for itself; the rest is counted together. */
export const MOST_OPERATIONS = 100
/** Name of all operations beyond those. */
export const OTHER = '(other)'
const LONGEST = 200

/**
 * What a span does, by the names the semantic conventions give spans of low cardinality: method and route, RPC service and
 * method; else the span's own name without the values in it.
 */
export function operationOf({ name, attributes }: Pick<Span, 'name' | 'attributes'>): string {
  const operation = routed(attributes) ?? called(attributes) ?? withoutPathValues(name)
  return operation.slice(0, LONGEST).toWellFormed().replaceAll('\0', '') || '(unnamed)'
}

function routed(attributes: Attributes): string | null {
  const route = attributes.get('http.route')
  const method = attributes.get('http.request.method') ?? attributes.get('http.method')
  return route === undefined ? null : [method, withoutPathValues(route)].filter(Boolean).join(' ')
}

function called(attributes: Attributes): string | null {
  const service = attributes.get('rpc.service')
  const method = attributes.get('rpc.method')
  if (!method) return null
  if (service) return `${service}/${method}`
  return method.includes('/') ? method : null // since semantic conventions 1.38 the method has the service in its name
}
