import { isUtf8 } from 'node:buffer'
import { ok, refuse, type Result } from '../../../ground/core/index.ts'
import { decoded } from '../subject.ts'
import { isJson } from './envelope.ts'

/** Headers by name in small letters, of whatever carried them. */
type Named = Iterable<readonly [string, string]>

/**
 * A CloudEvent in binary form as it would be in structured form (CloudEvents HTTP binding 1.0.2, 3.1): attributes in `ce-`
 * headers, the body is its data. Refuses a body that is not the JSON its content type says.
 */
export function fromBinary(headers: Named, body: Buffer): Result<Record<string, unknown>> {
  const event: Record<string, unknown> = {}
  let mediaType: string | undefined
  for (const [name, value] of headers) {
    if (name.startsWith('ce-')) event[name.slice(3)] = decoded(value)
    else if (name === 'content-type') mediaType = value
  }
  if (mediaType !== undefined) event.datacontenttype = mediaType
  if (body.length === 0) return ok(event)
  const text = isUtf8(body) ? body.toString('utf8') : null
  if (!isJson(mediaType)) return ok({ ...event, ...(text === null ? { data_base64: body.toString('base64') } : { data: text }) })
  try {
    return ok({ ...event, data: JSON.parse(text ?? '') })
  } catch (error) {
    return refuse(
      'cloudevents.not_json',
      `The body is not the JSON in UTF-8 that its content type says${text === null ? '' : `: ${(error as Error).message}`}`,
      { path: 'data', fix: 'Send the data as JSON, or state its content type.' },
    )
  }
}

/** True when headers carry a CloudEvent in binary form: a content type of CloudEvents would say that the body is the whole of it. */
export function isBinary(headers: { get(name: string): string | null }): boolean {
  return headers.get('ce-specversion') !== null && !/^application\/cloudevents/i.test(headers.get('content-type') ?? '')
}
