import { isAscii, isUtf8 } from 'node:buffer'

const WESTERN = new TextDecoder('windows-1252')

/**
 * Reads bytes git knows no encoding of: UTF-8 when they are valid UTF-8, else Windows-1252, the superset of Latin-1
 * that old histories were mostly written in. Every byte has a reading, so nothing is lost to replacement characters.
 */
export function readText(bytes: Buffer): string {
  if (isAscii(bytes)) return bytes.toString('latin1')
  return isUtf8(bytes) ? bytes.toString('utf8') : WESTERN.decode(bytes)
}

/** The first `limit` UTF-16 units of a text, without cutting a character in half. */
export function clip(text: string, limit: number): string {
  if (text.length <= limit) return text
  const last = text.charCodeAt(limit - 1)
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? limit - 1 : limit)
}
