import type * as z from 'zod'
import type { Instant, Result } from '../../core/index.ts'
import type { RecordKind } from '../../ledger/index.ts'
import type { Parsed } from '../intake.ts'
import type { Pull } from '../pulls/pull.ts'

/** One request a connected system made to us, as it came. */
export interface Delivery {
  /** Names in small letters. */
  headers: Readonly<Record<string, string>>
  /** The bytes that were signed. */
  body: Buffer
  /** What the sender put behind the address: `v1/batch`. */
  path?: string
}

/** A secret a connection holds. */
export interface SecretField {
  name: string
  /** As the other side calls it. */
  label: string
  /** Made here when nobody gives one; otherwise the other side makes it. */
  made: 'here' | 'there'
  /** How one made here is written, where the other side wants it so: `whsec_` and base64 (standardwebhooks.com). */
  form?: 'whsec'
  /** Made there only once the address is known, so it is given afterwards; until then deliveries are turned away. */
  afterwards?: boolean
  optional?: boolean
}

/** Secrets by name, unsealed. */
export type Secrets = Readonly<Record<string, string>>

/** What a delivery proved to be: from whom it says it is, and by what it is recognised when it comes again. */
export interface Verified {
  /** Differs for each delivery and is the same for a repetition. */
  replayKey: string
}

/** One payload, with the name the sender gives its kind. */
export interface Payload {
  event: string
  body: unknown
  /** When it came. It is kept with what is refused, so that reading again gives the same. */
  receivedAt?: Instant
}

/** What a payload was read as. */
export interface ReadPayload {
  /** A reject without `raw` refuses the whole payload; `raw` is the payload of the part that is refused, as JSON. */
  lines: Parsed[]
  /** Why a payload without lines carries nothing we keep. */
  ignored?: string
}

/** How a system pushes to us. */
export interface Push {
  /** Paths below the address that libraries of the sender add by themselves, without the first slash. */
  paths?: readonly string[]
  /** Bytes of a delivery, where the sender keeps to less than we take. */
  largest?: number
  /** Where the sender writes what kind of payload it is. */
  eventOf(delivery: Delivery, body: unknown): string
  /** Whether it comes from whom it claims, judged on the bytes before they are read. */
  verify(delivery: Delivery, secrets: Secrets, now: Instant): Result<Verified>
  /**
   * The body of the payload where it is more than the JSON that was sent; refuses what cannot be read, and leaves the rest to
   * the reader of JSON.
   */
  bodyOf?(delivery: Delivery): Result<unknown> | undefined
  /** Records in one payload; the same payload always gives the same records. */
  read(payload: Payload, settings: Readonly<Record<string, unknown>>): ReadPayload
  /**
   * Repetitions are acknowledged rather than turned away, without doing anything: for senders that repeat themselves as a
   * matter of course (reminders, at-least-once delivery) and take a refusal for a fault of ours.
   */
  acknowledgesRepeats?: boolean
  /** Kinds of records that are about one subject at a time and may move to another: an incident to another service. */
  moves?: readonly RecordKind[]
}

/** A kind of system that can be connected. Each lives in a folder of `sources/`; main registers it. */
export interface SourceDefinition {
  /** `github`. */
  kind: string
  title: string
  /** What it brings, in one sentence. */
  brings: string
  /** What is set on the other side, step by step; `{address}` and `{secret:<name>}` stand for what is copied. */
  steps: readonly string[]
  settings: z.ZodObject
  /** Settings that give records their names: once something is known by them they stay as they are. */
  naming?: readonly string[]
  secrets: readonly SecretField[]
  push?: Push
  pull?: Pull
}
