import { createHash, randomBytes } from 'node:crypto'
import { type Caller, type Clock, type Instant, MINUTE, type Ref, Refusal, type Scope } from '../core/index.ts'
import { instant, sql, type Store } from '../store/index.ts'
import type { Token } from './identity.ts'

/** How long a browser stays signed in, unless its token ends before. */
const SESSION_DAYS = 30
/** `last_used_at` is written at most this often. */
const USE_NOTED_EVERY = MINUTE

interface TokenRow {
  id: string
  name: string
  person: Ref
  scopes: Scope[]
  created_at: Instant
  expires_at: Instant | null
  revoked_at: Instant | null
  last_used_at: Instant | null
}

const COLUMNS = sql`t.id, t.name, t.person, t.scopes, t.created_at, t.expires_at, t.revoked_at, t.last_used_at`

/** Tokens and the browser sessions they open. Secrets are kept only as SHA-256; they have 256 random bits, so a slow hash adds nothing. */
export class Tokens {
  readonly #store: Store
  readonly #clock: Clock
  readonly #noted = new Map<string, Instant>()

  constructor(store: Store, clock: Clock) {
    this.#store = store
    this.#clock = clock
  }

  async create(
    wish: { name: string; scopes: Scope[]; person: Ref; expiresAt?: Instant },
    by: Ref,
  ): Promise<{ token: Token; secret: string }> {
    const secret = `tl_${randomBytes(32).toString('base64url')}`
    const id = randomBytes(6).toString('hex')
    const [row] = await this.#store.query<TokenRow>(sql`
      insert into token as t (id, name, hash, person, scopes, created_at, created_by, expires_at)
      values (${id}, ${wish.name}, ${hashOf(secret)}, ${wish.person}, ${JSON.stringify(wish.scopes)}::jsonb, ${instant(this.#clock())}, ${by}, ${instant(wish.expiresAt ?? null)})
      returning ${COLUMNS}`)
    return { token: tokenOf(row!), secret }
  }

  async list(): Promise<Token[]> {
    return (await this.#store.query<TokenRow>(sql`select ${COLUMNS} from token t order by t.created_at, t.id`)).map(tokenOf)
  }

  async revoke(id: string): Promise<void> {
    const rows = await this.#store.query(
      sql`update token set revoked_at = coalesce(revoked_at, ${instant(this.#clock())}) where id = ${id} returning id`,
    )
    if (rows.length === 0)
      throw new Refusal('identity.no_such_token', `There is no token ${id}`, {
        status: 404,
        fix: '`throughline token list` shows the tokens there are.',
      })
    await this.#store.query(sql`delete from session where token_id = ${id}`)
  }

  async exists(): Promise<boolean> {
    const [row] = await this.#store.query<{ usable: boolean }>(sql`select exists (select 1 from token t where ${this.#usable()}) as usable`)
    return row!.usable
  }

  async callerOf(secret: string): Promise<(Caller & { tokenId: string; expiresAt: Instant | null }) | null> {
    const [row] = await this.#store.query<TokenRow>(
      sql`select ${COLUMNS} from token t where t.hash = ${hashOf(secret)} and ${this.#usable()}`,
    )
    return row ? this.#caller(row) : null
  }

  async openSession(secret: string): Promise<{ session: string; caller: Caller; expiresAt: Instant } | null> {
    const caller = await this.callerOf(secret)
    if (!caller) return null
    const now = this.#clock()
    const session = randomBytes(32).toString('base64url')
    const expiresAt = Math.min(now + SESSION_DAYS * 24 * 60 * MINUTE, caller.expiresAt ?? Infinity)
    await this.#store.query(sql`delete from session where expires_at <= ${instant(now)}`)
    await this.#store.query(
      sql`insert into session (hash, token_id, created_at, expires_at) values (${hashOf(session)}, ${caller.tokenId}, ${instant(now)}, ${instant(expiresAt)})`,
    )
    return { session, caller: { person: caller.person, scopes: caller.scopes }, expiresAt }
  }

  async callerOfSession(session: string): Promise<Caller | null> {
    const [row] = await this.#store.query<TokenRow>(sql`
      select ${COLUMNS} from session s join token t on t.id = s.token_id
      where s.hash = ${hashOf(session)} and s.expires_at > ${instant(this.#clock())} and ${this.#usable()}`)
    if (!row) return null
    const { person, scopes } = await this.#caller(row)
    return { person, scopes }
  }

  async closeSession(session: string): Promise<void> {
    await this.#store.query(sql`delete from session where hash = ${hashOf(session)}`)
  }

  #usable() {
    return sql`t.revoked_at is null and (t.expires_at is null or t.expires_at > ${instant(this.#clock())})`
  }

  async #caller(row: TokenRow): Promise<Caller & { tokenId: string; expiresAt: Instant | null }> {
    const now = this.#clock()
    if (now - (this.#noted.get(row.id) ?? -Infinity) >= USE_NOTED_EVERY) {
      this.#noted.set(row.id, now)
      await this.#store.query(sql`update token set last_used_at = ${instant(now)} where id = ${row.id}`)
    }
    return { person: row.person, scopes: row.scopes, tokenId: row.id, expiresAt: row.expires_at }
  }
}

function tokenOf(row: TokenRow): Token {
  return {
    id: row.id,
    name: row.name,
    person: row.person,
    scopes: row.scopes,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    revokedAt: row.revoked_at,
    lastUsedAt: row.last_used_at,
  }
}

/** Secrets are found by their hash, so the time of a look-up tells nothing about them. */
function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
