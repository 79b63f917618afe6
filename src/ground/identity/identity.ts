import type { Caller, Instant, Ref, Scope } from '../core/index.ts'
import type { People } from './people/people.ts'
import type { ShareLinks } from './share-links.ts'

export interface Token {
  id: string
  name: string
  person: Ref
  scopes: Scope[]
  createdAt: Instant
  expiresAt: Instant | null
  revokedAt: Instant | null
  lastUsedAt: Instant | null
}

export interface AuditEntry {
  id: number
  at: Instant
  person: Ref
  verb: string
  target: string
  detail: Record<string, unknown>
}

/** Who may act, and who did. */
export interface Identity {
  /** The secret is shown once and kept only as a hash. */
  createToken(wish: { name: string; scopes: Scope[]; person: Ref; expiresAt?: Instant }, by: Ref): Promise<{ token: Token; secret: string }>
  tokens(): Promise<Token[]>
  revokeToken(id: string, by: Ref): Promise<void>
  /** True when at least one usable token exists: then every request needs one. */
  guarded(): Promise<boolean>
  /** The caller a bearer secret stands for; null when unknown, expired or revoked. Constant time. */
  callerOf(secret: string): Promise<Caller | null>
  /** Exchanges a token for a browser session; the value goes into a HttpOnly cookie. */
  openSession(secret: string): Promise<{ session: string; caller: Caller; expiresAt: Instant } | null>
  callerOfSession(session: string): Promise<Caller | null>
  closeSession(session: string): Promise<void>

  /** Links for people without an account: each opens one thing. */
  readonly links: ShareLinks

  /** Stable pseudonym of a mail address, handle or actor under this installation's key; refs and pseudonyms pass unchanged. */
  pseudonym(person: string): string
  /** Who is who: aliases joined to people, and who was erased. */
  readonly people: People
  /** Seals a text so that only this installation can read it (AES-256-GCM). */
  seal(text: string): Buffer
  unseal(sealed: Buffer): string

  audit(entry: { person: Ref; verb: string; target: string; detail?: Record<string, unknown> }): Promise<void>
  auditTrail(filter: { target?: string; limit: number; before?: number }): Promise<AuditEntry[]>
}
