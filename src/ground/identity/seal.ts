import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'
import { Refusal } from '../core/index.ts'

const CIPHER = 'aes-256-gcm'
/** First byte of what was sealed, for the day the form changes. */
const FORM = 1
const NONCE = 12
const TAG = 16

/** Seals texts so that only this installation reads them: AES-256-GCM (NIST SP 800-38D), a random 96-bit nonce each. */
export function sealing(key: Buffer): { seal(text: string): Buffer; unseal(sealed: Uint8Array): string } {
  return {
    seal(text) {
      const nonce = randomBytes(NONCE)
      const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG })
      const hidden = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([Buffer.of(FORM), nonce, cipher.getAuthTag(), hidden])
    },
    unseal(sealed) {
      const bytes = Buffer.from(sealed)
      try {
        if (bytes[0] !== FORM) throw new Error('unknown form')
        const decipher = createDecipheriv(CIPHER, key, bytes.subarray(1, 1 + NONCE), { authTagLength: TAG })
        decipher.setAuthTag(bytes.subarray(1 + NONCE, 1 + NONCE + TAG))
        return Buffer.concat([decipher.update(bytes.subarray(1 + NONCE + TAG)), decipher.final()]).toString('utf8')
      } catch {
        throw new Refusal('identity.unreadable', 'What was sealed cannot be read with the present secret', {
          status: 409,
          fix: 'Set THROUGHLINE_SECRET to the secret this store was filled with, or put its `secret` file back into the data folder.',
        })
      }
    },
  }
}
