import { createHash, randomBytes } from 'node:crypto'
import { type Clock, formatInstant, type Instant, MINUTE, type Ref, Refusal } from '../core/index.ts'
import { instant, sql, type Store } from '../store/index.ts'

/** What a link lets its holder do: read a vision, or act for one side of a review. */
export type SharePurpose = 'vision' | 'review'

/** A link for somebody without an account. Its secret is shown once and kept only as a hash. */
export interface ShareLink {
  id: string
  purpose: SharePurpose
  /** The one thing it is about. */
  target: Ref
  /** The side of a review it acts for. */
  side: string | null
  /** Pseudonym of whom it was made for, where that was said. */
  person: string | null
  createdAt: Instant
  createdBy: Ref
  expiresAt: Instant | null
  revokedAt: Instant | null
  /** To the minute. */
  lastUsedAt: Instant | null
}

export interface ShareWish {
  purpose: SharePurpose
  target: Ref
  side?: string | undefined
  person?: string | undefined
  expiresAt?: Instant | undefined
}

interface LinkRow {
  id: string
  purpose: SharePurpose
  target: Ref
  side: string | null
  person: string | null
  created_at: Instant
  created_by: Ref
  expires_at: Instant | null
  revoked_at: Instant | null
  last_used_at: Instant | null
}

const COLUMNS = sql`id, purpose, target, side, person, created_at, created_by, expires_at, revoked_at, last_used_at`

/** Links people hand on: each opens one thing, can be taken back, and may end by itself. */
export class ShareLinks {
  readonly #store: Store
  readonly #clock: Clock

  constructor(store: Store, clock: Clock) {
    this.#store = store
    this.#clock = clock
  }

  /** 256 random bits: nobody guesses it, so a slow hash would add nothing. */
  async create(wish: ShareWish, by: Ref): Promise<{ link: ShareLink; secret: string }> {
    const secret = randomBytes(32).toString('base64url')
    const [row] = await this.#store.query<LinkRow>(sql`
      insert into share_link (id, hash, purpose, target, side, person, created_at, created_by, expires_at)
      values (${randomBytes(6).toString('hex')}, ${hashOf(secret)}, ${wish.purpose}, ${wish.target}, ${wish.side ?? null},
        ${wish.person ?? null}, ${instant(this.#clock())}, ${by}, ${instant(wish.expiresAt ?? null)})
      returning ${COLUMNS}`)
    return { link: linkOf(row!), secret }
  }

  /** The links to one thing, oldest first; those that ended included. */
  async of(target: Ref): Promise<ShareLink[]> {
    return (await this.#store.query<LinkRow>(sql`select ${COLUMNS} from share_link where target = ${target} order by created_at, id`)).map(
      linkOf,
    )
  }

  /** Erases the links to things of a namespace, so that they lead nowhere. */
  async erase(namespace: string): Promise<void> {
    await this.#store.query(sql`delete from share_link where split_part(split_part(target, ':', 2), '/', 1) = ${namespace}`)
  }

  async revoke(id: string): Promise<ShareLink> {
    const [row] = await this.#store.query<LinkRow>(
      sql`update share_link set revoked_at = coalesce(revoked_at, ${instant(this.#clock())}) where id = ${id} returning ${COLUMNS}`,
    )
    if (!row)
      throw new Refusal('link.unknown', `There is no link ${id.slice(0, 40)}`, {
        status: 404,
        fix: 'The page it leads to lists its links.',
      })
    return linkOf(row)
  }

  /**
   * The link a secret opens.
   * @throws Refusal 404 when nobody made it, 410 when it was taken back or has ended
   */
  async open(secret: string, purpose: SharePurpose): Promise<ShareLink> {
    const [row] = await this.#store.query<LinkRow>(
      sql`select ${COLUMNS} from share_link where hash = ${hashOf(secret)} and purpose = ${purpose}`,
    )
    if (!row)
      throw new Refusal('link.unknown', 'This link leads nowhere.', {
        status: 404,
        fix: 'Copy the whole address, to its last letter, or ask for a new link.',
      })
    const now = this.#clock()
    if (row.revoked_at !== null)
      throw new Refusal('link.revoked', `This link was taken back on ${dayOf(row.revoked_at)}.`, {
        status: 410,
        fix: 'Ask whoever sent it for a new one.',
      })
    if (row.expires_at !== null && row.expires_at <= now)
      throw new Refusal('link.expired', `This link ended on ${dayOf(row.expires_at)}.`, {
        status: 410,
        fix: 'Ask whoever sent it for a new one. Nothing was changed.',
      })
    if (row.last_used_at === null || now - row.last_used_at >= MINUTE)
      await this.#store.query(sql`update share_link set last_used_at = ${instant(now)} where id = ${row.id}`)
    return linkOf(row)
  }
}

function linkOf(row: LinkRow): ShareLink {
  const { created_at, created_by, expires_at, revoked_at, last_used_at, ...same } = row
  return { ...same, createdAt: created_at, createdBy: created_by, expiresAt: expires_at, revokedAt: revoked_at, lastUsedAt: last_used_at }
}

function dayOf(moment: Instant): string {
  return formatInstant(moment).slice(0, 10)
}

/** Secrets are found by their hash, so the time of a look-up tells nothing about them. */
function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
