import type { Ref } from '../core/index.ts'
import type { Store } from '../store/index.ts'
import { RECORD_KINDS, type RecordKind } from './columns.ts'
import type { EvidenceId, RecordHistory } from './ledger.ts'
import { merge } from './merge.ts'
import { contentOf, loadRows, locate } from './rows.ts'
import { sampleKey } from './sample.ts'
import { holdsSample, samplesWhere } from './sli.ts'
import { basisOf } from './take.ts'

/** All revisions of the records a name stands for, subject by subject, oldest first. */
export async function historyOf(store: Store, id: EvidenceId, subject?: Ref): Promise<RecordHistory[]> {
  const kind = id.slice(0, id.indexOf(':'))
  const names = namesIn(id.slice(id.indexOf(':') + 1))
  if (kind === 'sli') return (await Promise.all(names.map((name) => sampleHistory(store, name, subject)))).flat()
  if (!isRecordKind(kind)) return []
  const rows = await loadRows(store, kind, await locate(store, kind, names, subject))
  return rows
    .toSorted((a, b) => (a.subject < b.subject ? -1 : a.subject > b.subject ? 1 : 0))
    .map((row) => {
      const state = contentOf(kind, row)
      return {
        subject: row.subject,
        source: row.source,
        id: row.id,
        learnedFrom: row.learned_from,
        learnedTo: row.learned_to === Infinity ? null : row.learned_to,
        basis: basisOf(row.basis),
        retracted: row.retracted,
        said: row.said ?? state,
        state,
      }
    })
}

/**
 * What `source/id` may mean: both parts may have slashes in them, so every one of them may be the border.
 * A name without a slash means nothing.
 */
export function namesIn(text: string): { source: string; id: string }[] {
  const names: { source: string; id: string }[] = []
  for (let slash = text.indexOf('/', 1); slash > 0 && slash < text.length - 1; slash = text.indexOf('/', slash + 1)) {
    names.push({ source: text.slice(0, slash), id: text.slice(slash + 1) })
  }
  return names
}

function isRecordKind(kind: string): kind is RecordKind {
  return RECORD_KINDS.some((one) => one === kind)
}

async function sampleHistory(store: Store, { source, id }: { source: string; id: string }, subject?: Ref): Promise<RecordHistory[]> {
  const found = await samplesWhere(store, holdsSample({ source, id, subject }))
  const histories: RecordHistory[] = []
  for (const revisions of Map.groupBy(
    found.filter((sample) => sample.id === id),
    sampleKey,
  ).values()) {
    for (const [n, revision] of revisions.entries()) {
      const { state, retracted } = merge(revisions.slice(0, n + 1))
      const place = { indicator: revision.indicator, hour: revision.hour, minute: Number(revision.minute) }
      const basis = state.basis === 'inferred' || state.basis === 'observed' ? state.basis : 'explicit'
      histories.push({
        subject: revision.subject,
        source,
        id,
        learnedFrom: revision.learnedFrom,
        learnedTo: revisions[n + 1]?.learnedFrom ?? null,
        basis,
        retracted,
        said: { ...place, ...revision.content },
        state: { ...place, ...state },
      })
    }
  }
  return histories
}
