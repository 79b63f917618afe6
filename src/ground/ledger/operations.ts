import * as z from 'zod'
import { type Caller, type Clock, formatInstant, InstantSchema, operation, type Ref, Refusal, RefSchema } from '../core/index.ts'
import { namesIn } from './history.ts'
import { Basis, EVIDENCE_KINDS } from './kinds/index.ts'
import type { Ledger, RecordHistory } from './ledger.ts'
import { RETRACT } from './merge.ts'
import { sentAs } from './sent.ts'

/** What the ledger's operations need of the ground. */
interface Context {
  ledger: Ledger
  clock: Clock
  caller: Caller
}

const Kind = z.enum(EVIDENCE_KINDS)

const readSummary = operation({
  id: 'evidence.summary',
  method: 'get',
  path: '/evidence',
  scope: 'read',
  summary: 'What records there are: by kind and source, by day, and about whom nobody declared anything',
  input: z.strictObject({}),
  output: z.object({
    /** Records taken back are not counted. */
    kinds: z.array(
      z.object({
        kind: Kind,
        source: z.string(),
        records: z.number().int(),
        firstAt: z.string(),
        lastAt: z.string(),
        lastLearned: z.string(),
      }),
    ),
    /** By the day they happened (UTC), last 90 days; days without records are left out. */
    days: z.array(z.object({ kind: Kind, source: z.string(), day: z.string(), records: z.number().int() })),
    /** Subjects with records that no entity declares; `total` of them, the busiest named. */
    undeclared: z.object({ total: z.number().int(), subjects: z.array(z.object({ subject: z.string(), records: z.number().int() })) }),
  }),
  run: async (_, { ledger }: Context) => {
    const { kinds, days, undeclared } = await ledger.summary()
    return {
      kinds: kinds.map(({ firstAt, lastAt, lastLearned, ...kind }) => ({
        ...kind,
        firstAt: formatInstant(firstAt),
        lastAt: formatInstant(lastAt),
        lastLearned: formatInstant(lastLearned),
      })),
      days,
      undeclared,
    }
  },
})

const readRecord = operation({
  id: 'evidence.record',
  method: 'get',
  path: '/records/{id+}',
  scope: 'read',
  summary: 'One record with all its revisions: what each said, when it was learned, and what the record amounted to then',
  input: z.strictObject({ id: z.string().max(700), subject: RefSchema.optional() }),
  output: z.object({
    id: z.string(),
    /** Oldest first; several subjects may have a record of this name. */
    revisions: z.array(
      z.object({
        subject: z.string(),
        learnedFrom: z.string(),
        /** Null while this is what is known. */
        learnedTo: z.string().nullable(),
        basis: Basis,
        retracted: z.boolean(),
        said: z.record(z.string(), z.unknown()),
        state: z.record(z.string(), z.unknown()),
      }),
    ),
  }),
  run: async ({ id, subject }, { ledger }: Context) => {
    const history = await historyOf(ledger, id, subject)
    const revisions = history.map(({ learnedFrom, learnedTo, ...revision }) => ({
      ...revision,
      learnedFrom: formatInstant(learnedFrom),
      learnedTo: learnedTo === null ? null : formatInstant(learnedTo),
    }))
    return { id, revisions }
  },
})

const findRecords = operation({
  id: 'evidence.named',
  method: 'get',
  path: '/named',
  scope: 'read',
  summary: "Records that go by a number, a key, the beginning of a commit's sha, or words of an incident's title; the latest first",
  input: z.strictObject({
    q: z.string().max(400),
    namespace: z.string().min(1).max(63).optional(),
    limit: z.coerce.number().int().min(1).max(100).default(10),
  }),
  output: z.object({
    records: z.array(z.object({ id: z.string(), kind: Kind, subject: z.string(), title: z.string(), at: z.string() })),
  }),
  run: async ({ q, namespace, limit }, { ledger }: Context) => ({
    records: (await ledger.named(q, { namespace, limit })).map(({ kind, source, id, subject, title, at }) => ({
      id: `${kind}:${source}/${id}`,
      kind,
      subject,
      title,
      at: formatInstant(at),
    })),
  }),
})

const readSent = operation({
  id: 'evidence.sent',
  method: 'get',
  path: '/sent/{id+}',
  scope: 'read',
  summary:
    'What a record was told by, as it was sent: CloudEvents, CDEvents or records, with people as pseudonyms; post them again and nothing changes',
  input: z.strictObject({ id: z.string().max(700), subject: RefSchema.optional() }),
  output: z.object({
    id: z.string(),
    /** In the order they were learned; what was taken back since is among them. */
    sent: z.array(z.record(z.string(), z.unknown())),
  }),
  run: async ({ id, subject }, { ledger }: Context) => {
    const history = await historyOf(ledger, id, subject)
    const kind = id.slice(0, id.indexOf(':'))
    if (kind === 'sli')
      throw new Refusal('evidence.not_kept_as_sent', 'Samples are kept by the hour, not as they were sent.', {
        fix: 'Ask /api/records/{id} for what each said.',
      })
    const sent = history
      .filter(({ said }) => !(RETRACT in said))
      .map(({ source, id: name, subject: about, said }) => sentAs({ kind, source, id: name, subject: about, said }))
    return { id, sent }
  },
})

const retractRecords = operation({
  id: 'retract',
  method: 'post',
  path: '/retract',
  scope: 'write',
  summary: 'Takes a record back, or all that one import said; earlier reports can still be made as they were',
  input: z.strictObject({
    /** `<source>/<id>`, `<kind>:<source>/<id>`, or `import:<n>`. */
    what: z.string().min(1).max(700),
    kind: Kind.optional(),
    subject: RefSchema.optional(),
    /** Gives it again. */
    undo: z.boolean().default(false),
    /** When it was decided; now when left out. Between several decisions the latest stands. */
    at: InstantSchema.optional(),
  }),
  output: z.object({ what: z.string(), retracted: z.number().int(), undone: z.boolean() }),
  audit: 'evidence.retract',
  run: async ({ what, kind, subject, undo, at }, { ledger, clock, caller }: Context) => {
    const how = { by: caller.person, at: at ?? clock(), undo }
    let retracted = 0
    for (const which of whichOf(what)) {
      const only = 'source' in which ? { ...(kind ? { kind } : {}), ...(subject ? { subject } : {}) } : {}
      retracted += (await ledger.retract({ ...which, ...only }, how)).retracted
    }
    if (retracted === 0)
      throw new Refusal(
        'evidence.nothing_to_retract',
        undo ? `Nothing that ${what} names was taken back` : `Nothing that ${what} names is there to take back`,
        { status: 404, fix: 'Write <source>/<id> of a record, or import:<n> with the number the import was given.' },
      )
    return { what, retracted, undone: undo }
  },
})

/** All revisions of one record; refuses with `evidence.no_such_record`. */
async function historyOf(ledger: Ledger, id: string, subject: Ref | undefined): Promise<RecordHistory[]> {
  const history = await ledger.history(id, subject)
  if (history.length > 0) return history
  const others = subject ? [...new Set((await ledger.history(id)).map((one) => one.subject))] : []
  throw new Refusal('evidence.no_such_record', `There is no record ${id}${subject ? ` of ${subject}` : ''}`, {
    status: 404,
    fix: others.length
      ? `A record of this name belongs to ${others.join(', ')}: ask for it there.`
      : 'Write <kind>:<source>/<id>, for example deployment:ci/run-7.',
  })
}

/** What the words of a caller may name; both source and id may have slashes in them. */
function whichOf(what: string): Exclude<Parameters<Ledger['retract']>[0], { records: unknown }>[] {
  const importId = /^import:(\d{1,15})$/.exec(what)?.[1]
  if (importId) return [{ importId: Number(importId) }]
  const kind = EVIDENCE_KINDS.find((one) => what.startsWith(`${one}:`))
  return namesIn(kind ? what.slice(kind.length + 1) : what).map((name) => ({ ...name, ...(kind ? { kind } : {}) }))
}

/** What callers may do with the ledger. */
export const ledgerOperations = [readSummary, readRecord, retractRecords, readSent, findRecords] as const
