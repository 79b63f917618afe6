import { READ_ATTRIBUTES, RESOURCE_ATTRIBUTES, telemetryResource, type TelemetryResource } from '../../../ground/intake/index.ts'
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
    else if (reader.field === 3) value = String(reader.varint())
    else if (reader.field === 4) value = String(reader.double())
    else reader.skip()
  }
  reader.leave(outer)
  return value
}

export const isRead = (name: string): boolean => READ_ATTRIBUTES.has(name)

/**
 * The items of a request with who sent them: all three signals nest alike (request.1 → resource.1 and scope.2 → item.2).
 * The resource may come after its items, so it is looked for first.
 */
export function* itemsIn(request: Reader): Generator<{ resource: TelemetryResource; item: Reader }> {
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
      const scope = group.fork()
      while (scope.next()) {
        if (scope.field === 2) yield { resource, item: scope.fork() }
        else scope.skip()
      }
    }
  }
}

const isOfResource = (name: string): boolean => RESOURCE_ATTRIBUTES.has(name)

function resourceIn(group: Reader): TelemetryResource {
  const attributes = new Map<string, string>()
  while (group.next()) {
    if (group.field !== 1) {
      group.skip()
      continue
    }
    const outer = group.enter()
    while (group.next()) {
      if (group.field === 1) readAttribute(group, attributes, isOfResource)
      else group.skip()
    }
    group.leave(outer)
  }
  return telemetryResource(attributes)
}
