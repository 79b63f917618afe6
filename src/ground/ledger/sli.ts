import { formatInstant, type Instant, MINUTE, type Ref } from '../core/index.ts'
import { instant, sql, type Statement, type Store } from '../store/index.ts'
import type { Content } from './hash.ts'
import { merge, type Merged, type Revision } from './merge.ts'
import type { KindOutcome } from './outcome.ts'
import type { Revised } from './revise.ts'
import {
  countOf,
  isPlain,
  type LearnedSample,
  NamedWhenAsked,
  type Sample,
  type SampleChange,
  sampleKey,
  sampleOf,
  type SliHour,
} from './sample.ts'
import type { StaleMarks } from './stale.ts'
import type { Taken } from './take.ts'
import { jsonText } from './text.ts'

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
  const record = new Map(taken.map((one) => [sampleOf(one, importId), one]))
  const samples = [...record.keys()]
  const { fresh, revised, duplicates, changes } = await takeSamples(store, samples, moment, importId)
  marks.samples(changes)
  return {
    fresh: fresh.map((sample) => record.get(sample)!),
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
    if (said.length && said.some(({ hash }) => hash === sample.hash)) {
      duplicates += 1
      continue
    }
    const before = said.length ? merge(said) : null
    const after = said.length || !isPlain(sample) ? merge([...said, sample]) : { state: sample.content, retracted: false }
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
        contents.map((content) =>
          Object.assign(new NamedWhenAsked({ subject, source, indicator, hour: formatInstant(hour), minute, id, content, importId }), {
            learnedFrom,
          }),
        ),
      ),
    ),
  )
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

async function insertHours(store: Store, rows: readonly HourRow[], moment: Instant, importId: number | null): Promise<void> {
  await store.query(sql`
    insert into evidence_sli (subject, source, indicator, hour, good, total, samples, learned_from, import_id)
    select r.subject, r.source, r.indicator, r.hour, r.good, r.total, r.samples, ${instant(moment)}, ${importId}::bigint
    from json_to_recordset(${jsonText(rows)}::json) as r(subject text, source text, indicator text, hour timestamptz, good double precision, total double precision, samples jsonb)`)
}
