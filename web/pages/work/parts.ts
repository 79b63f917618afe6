import type { Answer } from '../../api/index.ts'

export type Work = Answer<'work.week'>

/** One part of the work: an outcome, or one of the others. */
export interface WorkPart {
  key: string
  title: string
  /** Set for an outcome. */
  ref?: string
  planned: number | null
  share: Work['upkeep']
}

/** The parts, outcomes first and the largest of them first. */
export function partsOf(work: Work): WorkPart[] {
  return [
    ...work.outcomes.map((share): WorkPart => ({ key: share.ref, ref: share.ref, title: share.title, planned: share.planned, share })),
    { key: 'upkeep', title: 'Upkeep', planned: null, share: work.upkeep },
    { key: 'incidents', title: 'Incidents and fixes', planned: null, share: work.incidents },
    { key: 'unlinked', title: 'Unlinked', planned: null, share: work.unlinked },
  ]
}

export function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}
