import { type Fields, isMap } from '../fields.ts'
import { apiOf, countOf, mapAt } from './api.ts'
import { fieldSign, type Portal } from './portal.ts'

/** AsyncAPI 2 and 3, as YAML or JSON. */
export const asyncApi: Portal = {
  title: 'AsyncAPI',
  files: /\.(?:ya?ml|json)$/i,
  sign: fieldSign(['asyncapi'], '["\']?[23]\\b'),
  fits: ({ asyncapi, info }) => isMap(info) && /^[23](?:\.\d+){0,2}\b/.test(String(asyncapi)),
  definition: true,
  read: (stated, file) => {
    const { asyncapi, channels, components, operations } = stated.value
    const listed = isMap(operations) ? operationsOf(operations, channels) : channelsOf(channels)
    return apiOf(stated, file, {
      type: 'asyncapi',
      format: `AsyncAPI ${String(asyncapi)}`,
      body: ['asyncapi', 'channels', 'operations', 'components'],
      operations: listed,
      counts: { channels: countOf(channels), operations: listed.length, schemas: countOf(mapAt(components, 'schemas')) },
    })
  },
}

/** Version 2: a channel says what one may do with it, seen from the other side. */
function channelsOf(channels: unknown): string[] {
  if (!isMap(channels)) return []
  return Object.entries(channels).flatMap(([address, channel]) =>
    (['publish', 'subscribe'] as const).flatMap((verb) =>
      isMap(channel) && isMap(channel[verb]) ? [line(verb, address, channel[verb])] : [],
    ),
  )
}

/** Version 3: an operation sends to a channel or receives from it. */
function operationsOf(operations: Fields, channels: unknown): string[] {
  return Object.entries(operations).flatMap(([name, operation]) => {
    if (!isMap(operation)) return []
    const reference = isMap(operation.channel) && typeof operation.channel.$ref === 'string' ? operation.channel.$ref : ''
    const key = reference.split('/').at(-1)!.replaceAll('~1', '/').replaceAll('~0', '~')
    const channel = mapAt(channels, key)
    const address = typeof channel.address === 'string' ? channel.address : key || name
    return [line(typeof operation.action === 'string' ? operation.action : 'uses', address, operation)]
  })
}

function line(verb: string, address: string, { summary }: Fields): string {
  return `${verb} ${address}${typeof summary === 'string' && summary.trim() !== '' ? ` – ${summary}` : ''}`
}
