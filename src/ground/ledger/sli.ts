import { formatInstant, HOUR, type Instant, MINUTE, type Ref } from '../core/index.ts'
import { instant, sql, type Statement, type Store } from '../store/index.ts'
import { type Content, contentHash } from './hash.ts'
import { merge, type Merged, type Revision } from './merge.ts'
import type { KindOutcome } from './outcome.ts'
import type { Revised } from './revise.ts'
import type { StaleMarks } from './stale.ts'
import type { Taken } from './take.ts'
import { jsonText } from './text.ts'

/** Good and total events of one indicator of one subject as one source tells it, in one hour. */
export interface SliHour {
  subject: Ref
  source: string
  indicator: string
  /** Start of the hour, RFC 3339 in UTC. */
  hour: string
}

/** One sample: its hour, minute of the hour, id and one revision of what it says. */
export interface Sample extends SliHour, Revision {
  minute: string
  id: string
}

/** A sample with the moment it was learned. */
export interface LearnedSample extends Sample {
  learnedFrom: Instant
}

/** What one sample counts: so many events in so many seconds from a moment on. */
export interface SampleCount {
  start: Instant
  seconds: number
  good: number
  total: number
}

/** A sample that came, changed, was taken back or given again: what it counted before and counts now. */
export interface SampleChange {
  subject: Ref
  indicator: string
  before: SampleCount | null
  after: SampleCount | null
}

/** A row of the table: what one batch adds to an hour, with the samples that say so, by minute and id. */
interface HourRow extends SliHour {
  good: number
  total: number
  samples: Record<string, Record<string, Content[]>>
}

/** Takes samples of a batch in the open transaction. */
export async function appendSli(
  store: Store,
  taken: readonly Taken[],
  { moment, importId, marks }: { moment: Instant; importId: number | null; marks: StaleMarks },
): Promise<KindOutcome> {
  const record = new Map<string, Taken>()
  const samples = taken.map((one) => {
    const sample = sampleOf(one, importId)
    const key = sampleKey(sample)
    if (!record.has(key)) record.set(key, one)
    return sample
  })
  const { fresh, revised, duplicates, changes } = await takeSamples(store, samples, moment, importId)
  marks.samples(changes)
  return {
    fresh: fresh.map((sample) => record.get(sampleKey(sample))!),
    revised,
    revisions: samples.length - fresh.length - duplicates,
    duplicates,
  }
}

/**
 * Takes samples: one row an hour for all that these bring. A sample is (subject, source, indicator, minute, id); what was
 * said before is a duplicate, what was said otherwise corrects the hour's sums by the difference.
 */
export async function takeSamples(
  store: Store,
  samples: readonly Sample[],
  moment: Instant,
  importId: number | null,
): Promise<{ fresh: Sample[]; revised: Revised[]; duplicates: number; changes: SampleChange[] }> {
  const known = await knownSamples(store, samples)
  const rows = new Map<string, HourRow>()
  const fresh: Sample[] = []
  const revised = new Map<string, Revised>()
  const changes: SampleChange[] = []
  let duplicates = 0
  for (const sample of samples) {
    const key = sampleKey(sample)
    const said = known.get(key) ?? []
    if (said.some(({ hash }) => hash === sample.hash)) {
      duplicates += 1
      continue
    }
    const before = said.length ? merge(said) : null
    const after = merge([...said, sample])
    known.set(key, [...said, sample])
    const change = { subject: sample.subject, indicator: sample.indicator, before: countOf(before, sample), after: countOf(after, sample) }
    changes.push(change)
    addToHour(rows, sample, change)
    if (!before) fresh.push(sample)
    else
      revised.set(key, {
        subject: sample.subject,
        source: sample.source,
        id: sample.id,
        before: revised.get(key)?.before ?? placed(before, sample),
        after: placed(after, sample),
      })
  }
  if (rows.size) await insertHours(store, [...rows.values()], moment, importId)
  return { fresh, revised: [...revised.values()], duplicates, changes }
}

/** The samples in rows of `evidence_sli c` that a condition picks, each with all its revisions, oldest first. */
export function samplesWhere(store: Store, condition: Statement): Promise<LearnedSample[]> {
  return samplesIn(store, sql`evidence_sli c where ${condition}`)
}

/** Picks the rows of `evidence_sli c` that hold a sample of this name; reads none where the source never sent samples. */
export function holdsSample({ source, id, subject }: { source: string; id: string; subject?: Ref }): Statement {
  return sql`(select exists (select 1 from evidence_subject s where s.kind = 'sli' and s.source = ${source})) and c.source = ${source}
    ${subject ? sql`and c.subject = ${subject}` : sql``} and exists (select 1 from jsonb_each(c.samples) m where jsonb_exists(m.value, ${id}))`
}

async function samplesIn(store: Store, from: Statement): Promise<LearnedSample[]> {
  const rows = await store.query<Omit<HourRow, 'hour'> & { hour: Instant; learned_from: Instant; import_id: number | null }>(
    sql`select c.subject, c.source, c.indicator, c.hour, c.samples, c.learned_from, c.import_id from ${from} order by c.learned_from`,
  )
  return rows.flatMap(({ subject, source, indicator, hour, samples, learned_from: learnedFrom, import_id: importId }) =>
    Object.entries(samples).flatMap(([minute, byId]) =>
      Object.entries(byId).flatMap(([id, contents]) =>
        contents.map((content) => ({
          subject,
          source,
          indicator,
          hour: formatInstant(hour),
          minute,
          id,
          content,
          hash: contentHash(content),
          importId,
          learnedFrom,
        })),
      ),
    ),
  )
}

/** Text that names a sample. */
export function sampleKey({ subject, source, indicator, hour, minute, id }: Sample): string {
  return [subject, source, indicator, hour, minute, id].join('\n')
}

function sampleOf({ subject, source, id, content }: Taken, importId: number | null): Sample {
  const { indicator, windowStart, ...rest } = content
  const start = Date.parse(String(windowStart))
  const hour = Math.floor(start / HOUR) * HOUR
  const said: Content = start % MINUTE === 0 ? rest : { ...rest, windowStart }
  return {
    subject,
    source,
    indicator: String(indicator),
    hour: formatInstant(hour),
    minute: String(Math.floor((start - hour) / MINUTE)),
    id,
    content: said,
    hash: contentHash(said),
    importId,
  }
}

async function knownSamples(store: Store, samples: readonly Sample[]): Promise<Map<string, Revision[]>> {
  const hours = new Map<string, SliHour & { minutes: string[] }>()
  for (const { subject, source, indicator, hour, minute } of samples) {
    const key = `${subject}\n${source}\n${indicator}\n${hour}`
    const asked = hours.get(key)
    if (asked) asked.minutes.push(minute)
    else hours.set(key, { subject, source, indicator, hour, minutes: [minute] })
  }
  const found = await samplesIn(
    store,
    sql`
    json_to_recordset(${jsonText([...hours.values()])}::json) as r(subject text, source text, indicator text, hour timestamptz, minutes text[])
    cross join lateral (select c.* from evidence_sli c where c.subject = r.subject and c.source = r.source and c.indicator = r.indicator and c.hour = r.hour
      and jsonb_exists_any(c.samples, r.minutes) offset 0) c`,
  )
  return Map.groupBy<string, Revision>(found, (sample) => sampleKey(sample as Sample))
}

function addToHour(rows: Map<string, HourRow>, sample: Sample, { before, after }: SampleChange): void {
  const { subject, source, indicator, hour, minute, id, content } = sample
  const key = `${subject}\n${source}\n${indicator}\n${hour}`
  let row = rows.get(key)
  if (!row) rows.set(key, (row = { subject, source, indicator, hour, good: 0, total: 0, samples: {} }))
  row.good += (after?.good ?? 0) - (before?.good ?? 0)
  row.total += (after?.total ?? 0) - (before?.total ?? 0)
  const byId = (row.samples[minute] ??= Object.create(null)) // ids are a sender's choice, `__proto__` included
  const contents = byId[id]
  if (contents) contents.push(content)
  else byId[id] = [content]
}

/** A sample's state with the fields that its place in the table stands for. */
function placed(merged: Merged, { indicator, hour, minute }: Sample): Merged {
  return { ...merged, state: { windowStart: formatInstant(Date.parse(hour) + Number(minute) * MINUTE), ...merged.state, indicator } }
}

/** What a sample counts in a state of it; null while there is none, or it is taken back. */
export function countOf(merged: Merged | null, { hour, minute }: Sample): SampleCount | null {
  if (!merged || merged.retracted) return null
  const { windowStart, seconds, good, total } = merged.state
  const start = typeof windowStart === 'string' ? Date.parse(windowStart) : Date.parse(hour) + Number(minute) * MINUTE
  return { start, seconds: Number(seconds), good: Number(good), total: Number(total) }
}

async function insertHours(store: Store, rows: readonly HourRow[], moment: Instant, importId: number | null): Promise<void> {
  await store.query(sql`
    insert into evidence_sli (subject, source, indicator, hour, good, total, samples, learned_from, import_id)
    select r.subject, r.source, r.indicator, r.hour, r.good, r.total, r.samples, ${instant(moment)}, ${importId}::bigint
    from json_to_recordset(${jsonText(rows)}::json) as r(subject text, source text, indicator text, hour timestamptz, good double precision, total double precision, samples jsonb)`)
}
