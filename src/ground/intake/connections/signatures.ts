import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import { ok, refuse, type Result } from '../../core/index.ts'
import type { Delivery, Verified } from './source.ts'

/** Hexadecimal or base64 HMAC of a body (RFC 2104). */
export function hmacOf(
  algorithm: 'sha1' | 'sha256',
  secret: string | Buffer,
  body: Buffer | string,
  encoding: 'hex' | 'base64' = 'hex',
): string {
  return createHmac(algorithm, secret).update(body).digest(encoding)
}

/** Whether two texts are the same, in a time that does not tell how much of them is. */
export function sameText(known: string, given: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(hash(known), hash(given))
}

/** What a repetition is recognised by where the sender gives its deliveries no names. */
export function digestOf(body: Buffer): string {
  return createHash('sha256').update(body).digest('base64url')
}

/** What a source says of a delivery whose signature was checked. */
export function verified(matches: boolean, replayKey: string, header: string): Result<Verified> {
  return matches
    ? ok({ replayKey })
    : refuse('hook.signature', `The signature in ${header} does not belong to this body and secret.`, {
        fix: 'Give the other side the secret of this connection, and let nothing in between change the body.',
      })
}

/**
 * What a source says of a delivery that bears a token instead of a signature: as `Authorization: Bearer`, or as the password
 * of basic authentication, whoever the user (RFC 6750, RFC 7617).
 */
export function bearing(token: string, { headers, body }: Delivery): Result<Verified> {
  const { authorization } = headers
  if (!authorization) return unsigned('authorization')
  const [scheme = '', given = ''] = authorization.split(/ +(.*)/s)
  const borne =
    scheme.toLowerCase() === 'basic'
      ? Buffer.from(given, 'base64')
          .toString('utf8')
          .replace(/^[^:]*:/, '')
      : scheme.toLowerCase() === 'bearer'
        ? given
        : ''
  return sameText(token, borne.trim())
    ? ok({ replayKey: digestOf(body) })
    : refuse('hook.token', 'The token in authorization is not the one of this connection.', {
        fix: 'Copy the token of this connection to the other side again.',
      })
}

/** A delivery that is not signed at all, although this connection has a secret. */
export function unsigned(header: string): Result<Verified> {
  return refuse('hook.unsigned', `The delivery has no ${header}.`, { fix: 'Set the secret of this connection on the other side.' })
}

/** What a source says of a delivery that shows its secret and signs nothing. */
export function shown(matches: boolean, replayKey: string, where: string): Result<Verified> {
  return matches
    ? ok({ replayKey })
    : refuse('hook.secret', `The secret in ${where} is not the one of this connection.`, {
        fix: 'Give the other side the secret of this connection.',
      })
}

/** A connection whose secret the other side made only after it had the address, and that nobody has given yet. */
export function secretAwaited(label: string): Result<Verified> {
  return refuse('hook.secret_awaited', `The ${label} of this connection is not known here yet.`, {
    fix: `Copy the ${label} from the other side to the connection's page, or use "throughline sources secret".`,
  })
}
