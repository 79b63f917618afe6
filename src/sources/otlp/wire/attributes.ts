import { READ_ATTRIBUTES, telemetryResource, type TelemetryResource } from '../../../ground/intake/index.ts'
import type { Reader } from './reader.ts'

/** Reads one attribute (common.proto, KeyValue) if its name is wanted. */
export function readAttribute(reader: Reader, into: Map<string, string>, wanted: (name: string) => boolean): void {
  const outer = reader.enter()
  let name: string | null = null
  let value: string | null = null
  while (reader.next()) {
    if (reader.field === 1) name = reader.text()
    else if (reader.field === 2 && (name === null || wanted(name))) value = valueText(reader)
    else reader.skip()
  }
  reader.leave(outer)
  if (name !== null && value !== null && wanted(name)) into.set(name, value)
}

/** A plain value (common.proto, AnyValue) as text; null for lists, maps and bytes. */
export function valueText(reader: Reader): string | null {
  const outer = reader.enter()
  let value: string | null = null
  while (reader.next()) {
    if (reader.field === 1) value = reader.text()
    else if (reader.field === 2) value = String(reader.varint() !== 0)
    else if (reader.field === 3) value = reader.wholeNumber()
    else if (reader.field === 4) value = String(reader.double())
    else reader.skip()
  }
  reader.leave(outer)
  return value
}

export const isRead = (name: string): boolean => READ_ATTRIBUTES.has(name)
export const any = () => true

/**
 * The items of a request with who sent them, and the scope that made them: all three signals nest alike (request.1 →
 * resource.1 and scope.2 → scope.1 and item.2). Resource and scope may come after their items, so they are looked for first.
 */
export function* itemsIn(request: Reader): Generator<{ resource: TelemetryResource; scope: string; item: Reader }> {
  while (request.next()) {
    if (request.field !== 1) {
      request.skip()
      continue
    }
    const group = request.fork()
    const resource = resourceIn(group.again())
    while (group.next()) {
      if (group.field !== 2) {
        group.skip()
        continue
      }
      const items = group.fork()
      const scope = scopeIn(items.again())
      while (items.next()) {
        if (items.field === 2) yield { resource, scope, item: items.fork() }
        else items.skip()
      }
    }
  }
}

/** Name of the instrumentation scope (common.proto, InstrumentationScope). */
function scopeIn(items: Reader): string {
  let name = ''
  while (items.next()) {
    if (items.field !== 1) {
      items.skip()
      continue
    }
    const outer = items.enter()
    while (items.next()) {
      if (items.field === 1) name = items.text()
      else items.skip()
    }
    items.leave(outer)
  }
  return name
}

function resourceIn(group: Reader): TelemetryResource {
  const attributes = new Map<string, string>()
  while (group.next()) {
    if (group.field !== 1) {
      group.skip()
      continue
    }
    const outer = group.enter()
    while (group.next()) {
      if (group.field === 1) readAttribute(group, attributes, any)
      else group.skip()
    }
    group.leave(outer)
  }
  return telemetryResource(attributes)
}
