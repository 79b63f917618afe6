import { type Document, filled, listOf, recordOf, slug, textOf, titleIn } from '../../../parts/editing/document.ts'

/** A target as typed, in per cent, with all else its objective says. */
export interface TargetDraft {
  name: string
  percent: string
  kept: Record<string, unknown>
}

/** An SLO as the form shows it. */
export interface SloDraft {
  title: string
  description: string
  service: string
  /** Of samples that are sent; empty where the document asks a system of its own. */
  indicator: string
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
/** The type of source that stands for samples that are sent. */
const SENT = 'Throughline'

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
    indicator: indicatorIn(spec),
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

/** Name of the samples a promise counts; empty where its document says how to ask for the numbers, or has one an objective. */
function indicatorIn(spec: Record<string, unknown>): string {
  if (spec.indicatorRef !== undefined && spec.indicatorRef !== null) return textOf(spec.indicatorRef)
  const inline = recordOf(spec.indicator)
  const total = recordOf(recordOf(recordOf(recordOf(inline.spec).ratioMetric).total).metricSource)
  if (textOf(total.type).toLowerCase() !== SENT.toLowerCase()) return ''
  return textOf(recordOf(total.spec).indicator) || textOf(recordOf(inline.metadata).name)
}

/** Whether a document asks a system of its own for the numbers: then the form leaves its indicator as it is. */
export function asksItself(document: Document | undefined): boolean {
  return document !== undefined && indicatorIn(document.spec) === ''
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
      ...(before && (asksItself(before) || indicatorIn(before.spec) === draft.indicator.trim())
        ? {}
        : { indicator: sentIndicator(draft.indicator.trim()), indicatorRef: undefined }),
      timeWindow: [timeWindow(draft, recordOf(listOf(before?.spec.timeWindow)[0]))],
      budgetingMethod: draft.method,
      objectives: draft.targets.map((target) => objective(target, draft)),
    }),
  }
}

/** An SLI written out, whose counts are samples that are sent. */
function sentIndicator(indicator: string): Record<string, unknown> | undefined {
  if (indicator === '') return undefined
  const counted = (count: 'good' | 'total') => ({ metricSource: { type: SENT, spec: { indicator, count } } })
  return {
    metadata: { name: slug(indicator) || 'indicator' },
    spec: { ratioMetric: { counter: false, good: counted('good'), total: counted('total') } },
  }
}

function timeWindow({ windowKind, duration, start, zone }: SloDraft, kept: Record<string, unknown>): Record<string, unknown> {
  const { calendar: before, isRolling, ...rest } = kept
  const length = { ...rest, duration: duration.trim() }
  if (windowKind === 'rolling') return { ...length, isRolling: true }
  const calendar = { ...recordOf(before), startTime: start.trim(), timeZone: zone.trim() }
  return { ...length, ...(isRolling === undefined && before !== undefined ? {} : { isRolling: false }), calendar }
}

function objective({ name, percent, kept }: TargetDraft, { method, sliceWindow, sliceTarget }: SloDraft): Record<string, unknown> {
  const { target: asShare, timeSliceTarget: keptTarget, timeSliceWindow: keptWindow, ...rest } = kept
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
  return filled({}, { displayName: name.trim(), ...target, ...slices, ...rest })
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
