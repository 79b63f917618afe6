import { type Document, filled, listOf, recordOf, slug, textOf, titleIn } from '../../../parts/editing/document.ts'
import { type Counted, countedIn, indicatorOf, NEW_COUNTED } from './counted.ts'

/** A target as typed, in per cent, with all else its objective says. */
export interface TargetDraft {
  name: string
  percent: string
  kept: Record<string, unknown>
}

/** An SLO as the form shows it; what it counts is not shown where the document asks a system of its own. */
export interface SloDraft extends Counted {
  title: string
  description: string
  service: string
  method: string
  sliceWindow: string
  sliceTarget: string
  /** `rolling` or `calendar`. */
  windowKind: string
  duration: string
  start: string
  zone: string
  targets: TargetDraft[]
  silence: string
  leastEvents: string
}

const NO_DATA = 'throughline.dev/no-data'
const MINIMUM_EVENTS = 'throughline.dev/minimum-events'
const NAMESPACE = 'throughline.dev/namespace'

export function draftOf(document: Document | undefined, { zone, year }: { zone: string; year: number }): SloDraft {
  const spec = document?.spec ?? {}
  const window = recordOf(listOf(spec.timeWindow)[0])
  const calendar = recordOf(window.calendar)
  const objectives = document ? listOf(spec.objectives).map(recordOf) : [{ targetPercent: 99.9 }]
  const annotations = recordOf(document?.metadata.annotations)
  return {
    title: document ? titleIn(document) || document.metadata.name : '',
    description: textOf(spec.description),
    service: textOf(spec.service),
    ...((document && countedIn(spec)) ?? NEW_COUNTED),
    method: textOf(spec.budgetingMethod) || 'Occurrences',
    sliceWindow: textOf(objectives[0]?.timeSliceWindow) || '1m',
    sliceTarget: percentText(objectives[0]?.timeSliceTarget) || '99',
    windowKind: window.calendar === undefined || window.calendar === null ? 'rolling' : 'calendar',
    duration: textOf(window.duration) || '28d',
    start: textOf(calendar.startTime) || `${year}-01-01 00:00:00`,
    zone: textOf(calendar.timeZone) || zone,
    targets: objectives.map(({ displayName, target, targetPercent, ...kept }) => ({
      name: textOf(displayName),
      percent: textOf(targetPercent) || percentText(target),
      // How it was written is how it is written again.
      kept: { ...kept, ...(targetPercent === undefined && target !== undefined ? { target } : {}) },
    })),
    silence: textOf(annotations[NO_DATA]) || 'unknown',
    leastEvents: textOf(annotations[MINIMUM_EVENTS]),
  }
}

/** Whether a document asks a system of its own for the numbers: then the form leaves its indicator as it is. */
export function asksItself(document: Document | undefined): boolean {
  return document !== undefined && countedIn(document.spec) === null
}

/** The document a form writes; what it does not show is kept as it was. */
export function written(draft: SloDraft, namespace: string, before: Document | undefined): Document {
  const title = draft.title.trim()
  const { namespace: stated, ...metadata } = before?.metadata ?? { name: slug(title), namespace: undefined }
  const titled =
    before && title === before.metadata.name && !titleIn(before) ? {} : { [metadata.title === undefined ? 'displayName' : 'title']: title }
  const annotations = filled(recordOf(metadata.annotations), {
    // Metadata of OpenSLO has no namespace.
    [NAMESPACE]: stated || namespace === 'default' ? recordOf(metadata.annotations)[NAMESPACE] : namespace,
    [NO_DATA]: draft.silence === 'unknown' && recordOf(metadata.annotations)[NO_DATA] === undefined ? undefined : draft.silence,
    [MINIMUM_EVENTS]: draft.leastEvents.trim(),
  })
  return {
    apiVersion: before?.apiVersion ?? 'openslo/v1',
    kind: 'SLO',
    metadata: { name: metadata.name, ...filled(metadata, { ...titled, annotations }), ...(stated ? { namespace: stated } : {}) },
    spec: filled(before?.spec ?? {}, {
      description: draft.description.trim(),
      service: draft.service.trim(),
      ...(isAsBefore(draft, before) ? {} : { indicator: indicatorOf(trimmed(draft), draft.service.trim()), indicatorRef: undefined }),
      timeWindow: [timeWindow(draft, recordOf(listOf(before?.spec.timeWindow)[0]))],
      budgetingMethod: draft.method,
      objectives: draft.targets.map((target) => objective(target, draft, before)),
    }),
  }
}

function trimmed({ source, indicator, operation, withinMs }: Counted): Counted {
  return { source, indicator: indicator.trim(), operation: operation.trim(), withinMs: withinMs.trim() }
}

/** Whether what is counted stays as the document has it. */
function isAsBefore(draft: Counted, before: Document | undefined): boolean {
  if (before === undefined) return false
  const counted = countedIn(before.spec)
  const { withinMs: _, ...now } = trimmed(draft)
  // The time is the objective's to say.
  return counted === null || Object.entries(now).every(([field, value]) => counted[field as keyof Counted] === value)
}

function timeWindow({ windowKind, duration, start, zone }: SloDraft, kept: Record<string, unknown>): Record<string, unknown> {
  const { calendar: before, isRolling, ...rest } = kept
  const length = { ...rest, duration: duration.trim() }
  if (windowKind === 'rolling') return { ...length, isRolling: true }
  const calendar = { ...recordOf(before), startTime: start.trim(), timeZone: zone.trim() }
  return { ...length, ...(isRolling === undefined && before !== undefined ? {} : { isRolling: false }), calendar }
}

function objective(
  { name, percent, kept }: TargetDraft,
  { method, sliceWindow, sliceTarget, source, withinMs }: SloDraft,
  before: Document | undefined,
): Record<string, unknown> {
  const { target: asShare, timeSliceTarget: keptTarget, timeSliceWindow: keptWindow, op, value, ...rest } = kept
  const isLimited = before === undefined || countedIn(before.spec)?.source === 'within' || source === 'within'
  const limit = source === 'within' ? { op: 'lte', value: numberIn(withinMs) ?? withinMs.trim() } : isLimited ? {} : { op, value }
  const share = numberIn(percent)
  const slices = {
    ...(method === 'Occurrences' ? {} : { timeSliceWindow: textOf(keptWindow) === sliceWindow.trim() ? keptWindow : sliceWindow.trim() }),
    ...(method === 'Timeslices'
      ? { timeSliceTarget: percentText(keptTarget) === sliceTarget.trim() ? keptTarget : shareOf(sliceTarget) }
      : {}),
  }
  const target =
    asShare === undefined
      ? { targetPercent: share ?? percent.trim() }
      : { target: percentText(asShare) === percent.trim() ? asShare : shareOf(percent) }
  return filled({}, { displayName: name.trim(), ...limit, ...target, ...slices, ...rest })
}

/** A number as typed, also with a comma; undefined where it is none. */
export function numberIn(text: string): number | undefined {
  const plain = text.trim().replace(',', '.').replace(/\s*%$/, '')
  return /^\d+(?:\.\d+)?$/.test(plain) ? Number(plain) : undefined
}

/** 99.95 is 0.9995, and not the nearest number to it that a division finds; a text that is no number stays, for the server to tell. */
function shareOf(percent: string): number | string {
  const number = numberIn(percent)
  return number === undefined ? percent.trim() : Number((number / 100).toPrecision(15))
}

function percentText(share: unknown): string {
  return typeof share === 'number' ? String(Number((share * 100).toPrecision(15))) : ''
}
