import { Refusal } from '../../core/index.ts'
import type { OutgoingAnswer } from '../outgoing/index.ts'

const LONGEST = 200

/** What a status that is no answer means, and what to do about it. */
export function unexpectedStatus(title: string, { status, url, body }: OutgoingAnswer): Refusal {
  const place = new URL(url).pathname
  const told = messageIn(body)
  const reason = told ? ` It says: ${told}${/[.!?]$/.test(told) ? '' : '.'}` : ''
  if (status === 401)
    return new Refusal('pull.unauthorized', `${title} does not accept the token (401).${reason}`, {
      status: 502,
      fix: 'Make a new token there and give it (throughline sources secret <id> --secret <name>=…), then resume reading.',
    })
  if (status === 403)
    return new Refusal('pull.forbidden', `${title} does not let the token see ${place} (403).${reason}`, {
      status: 502,
      fix: 'Give the token the permission to read it, then resume reading.',
    })
  if (status === 404 || status === 410)
    return new Refusal('pull.gone', `${title} has nothing at ${place} that this token may see (${status}).`, {
      status: 502,
      fix: 'It was deleted, or moved, or the token does not reach it: correct the settings or the token, then resume reading.',
    })
  return new Refusal('pull.refused', `${title} answers ${status} at ${place}.${reason}`, {
    status: 502,
    fix: 'See what it says; correct the settings, then resume reading.',
  })
}

function said(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'message' in error ? error.message : null
}

/** What the other side tells people, shortened; never more than one line. */
function messageIn(body: Buffer): string {
  try {
    const { message, error, errorMessages, errors } = JSON.parse(body.toString('utf8', 0, 10_000)) as Record<string, unknown>
    const texts = [
      message,
      error,
      ...(Array.isArray(errorMessages) ? errorMessages : []),
      ...(Array.isArray(errors) ? errors.map(said) : []),
    ] // lists: Jira, GraphQL
    return (texts.find((text) => typeof text === 'string') ?? '').replace(/\s+/g, ' ').slice(0, LONGEST)
  } catch {
    return ''
  }
}
