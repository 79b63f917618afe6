import * as z from 'zod'
import { formatInstant, formatQuantity, type JudgementState } from '../../../ground/core/index.ts'
import type { AgendaItem } from '../decide/index.ts'
import type { Agenda } from '../store/agenda.ts'

/** Something to talk about in a review, as a sentence. */
const AgendaLine = z.object({
  kind: z.enum(['outcome', 'principle', 'assumption', 'measure']),
  /** worse, still, new, gone or better; a measure changed. */
  how: z.enum(['worse', 'still', 'new', 'gone', 'better', 'changed']),
  /** What it is about: a reference, or the id of a measure. */
  ref: z.string(),
  text: z.string(),
})

export const AgendaView = z.object({
  scope: z.string(),
  at: z.string(),
  asOf: z.string(),
  /** When the last review was closed; null at the first one. */
  since: z.string().nullable(),
  /** What stood then was learned only later. */
  knownLater: z.boolean(),
  items: z.array(AgendaLine),
  /** Measures that changed level beyond those told. */
  moreMeasures: z.number().int(),
})

/** Changes of level that are told. */
const MOST_MEASURES = 6

export function agendaView({
  since,
  knownLater,
  items,
}: Agenda): Pick<z.input<typeof AgendaView>, 'since' | 'knownLater' | 'items' | 'moreMeasures'> {
  const measures = items.filter((item) => item.kind === 'measure')
  const told = new Set<AgendaItem>(measures.slice(0, MOST_MEASURES))
  return {
    since: since === null ? null : formatInstant(since),
    knownLater,
    items: items.filter((item) => item.kind !== 'measure' || told.has(item)).map(lineOf),
    moreMeasures: Math.max(0, measures.length - MOST_MEASURES),
  }
}

function lineOf(item: AgendaItem): z.input<typeof AgendaLine> {
  if (item.kind === 'measure') {
    const { measure, title, subject, unit, before, after, at } = item.change
    const text = `${title} of ${shortOf(subject)} went from ${formatQuantity(before, unit)} to ${formatQuantity(after, unit)} on ${at.slice(0, 10)}.`
    return { kind: item.kind, how: 'changed', ref: measure, text }
  }
  if (item.kind === 'assumption')
    return {
      kind: item.kind,
      how: item.how,
      ref: item.ref,
      text: `The reason for "${item.title}" ${item.how === 'still' ? 'still does not hold' : 'no longer holds'}: ${item.rule}.`,
    }
  const { kind, how, before, thing } = item
  const words = kind === 'outcome' ? OUTCOME : PRINCIPLE
  const now = words[thing.state]
  const why = thing.because ? `: ${thing.because.replace(/\.$/, '')}` : ''
  const told = {
    worse: `"${thing.title}" was ${before ? words[before] : ''} and is ${now}${why}.`,
    better: `"${thing.title}" was ${before ? words[before] : ''} and is ${now}.`,
    still: `"${thing.title}" is still ${now}${why}.`,
    new: `"${thing.title}" is new; it is ${now}.`,
    gone: `"${thing.title}" is no longer part of the vision; it was ${now}.`,
  }
  return { kind, how, ref: thing.ref, text: told[how] }
}

const OUTCOME: Record<JudgementState, string> = {
  met: 'met',
  on_course: 'on course',
  at_risk: 'at risk',
  missed: 'missed',
  unknown: 'unknown',
}
const PRINCIPLE: Record<JudgementState, string> = { met: 'held', on_course: 'held', at_risk: 'shaky', missed: 'broken', unknown: 'unknown' }

function shortOf(subject: string): string {
  return subject.slice(subject.indexOf('/') + 1).replace(/^namespace:/, '')
}
