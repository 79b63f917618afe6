import type { Problem, Ref } from '../core/index.ts'
import type { EntityOrigin } from './catalog.ts'
import type { CheckedDraft } from './check.ts'

/** What the store holds under a ref that a folder states, or has stated. */
export interface PresentEntity {
  ref: Ref
  hash: string
  statedHash: string | null
  origin: EntityOrigin
  folder: string | null
  file: string | null
  line: number | null
  version: number
}

export interface PlannedWrite {
  checked: CheckedDraft & { ref: Ref }
  created: boolean
}

export interface ApplyPlan {
  /** Documents to write as a new version. */
  writes: PlannedWrite[]
  /** Documents that stay as they are; only their place is noted again. */
  kept: (CheckedDraft & { ref: Ref })[]
  /** Every document that is fit to be written, those included that belong elsewhere. */
  stated: (CheckedDraft & { ref: Ref })[]
  /** What is present under the refs stated, and all that the folder stated before. */
  before: ReadonlyMap<Ref, PresentEntity>
  /** Entities of the folder that it states no longer. */
  removes: Ref[]
  /** Named by the folder, but not fit to be written. */
  refused: Ref[]
  /** What only the whole shows: duplicates, other owners, edits. Problems of single documents stay with them. */
  problems: Problem[]
}

/**
 * Decides what applying a folder changes.
 *
 * A file beats an inference and takes over what a form wrote before there was a file. What another folder owns stays
 * there. An edit made in a form stands until its file states something new; an inference never replaces an edit.
 * A document that is refused, and everything in a file that could not be read, stays as it was.
 * @param present entities under the refs stated, and all that the folder stated before
 * @param unreadable files of the folder that could not be read
 */
export function planApply(
  folder: string,
  origin: EntityOrigin,
  checked: readonly CheckedDraft[],
  present: readonly PresentEntity[],
  unreadable: ReadonlySet<string>,
): ApplyPlan {
  const before = new Map(present.map((entity) => [entity.ref, entity]))
  const seen = new Map<Ref, CheckedDraft>()
  const plan: ApplyPlan = { writes: [], kept: [], stated: [], before, removes: [], refused: [], problems: [] }
  for (const one of checked) {
    if (one.ref === null) continue
    const first = seen.get(one.ref)
    if (first) plan.problems.push(duplicate(one.ref, one, first))
    else seen.set(one.ref, one)
    if (one.refused) plan.refused.push(one.ref)
    else if (!first) {
      const stated = { ...one, ref: one.ref }
      plan.stated.push(stated)
      decide(plan, folder, origin, stated, before.get(one.ref))
    }
  }
  plan.removes = present
    .filter((entity) => entity.folder === folder && !seen.has(entity.ref) && !unreadable.has(entity.file ?? ''))
    .map((entity) => entity.ref)
  return plan
}

function decide(
  plan: ApplyPlan,
  folder: string,
  origin: EntityOrigin,
  one: CheckedDraft & { ref: Ref },
  entity: PresentEntity | undefined,
): void {
  const warn = (code: string, message: string, fix: string) =>
    plan.problems.push({ code, severity: 'warning', message, fix, ...placeOf(one) })
  if (!entity) return void plan.writes.push({ checked: one, created: true })
  const inferring = origin === 'inferred'
  if (entity.folder !== folder) {
    if (inferring && entity.origin !== 'inferred') return // somebody declares it: the inference is not needed
    if (inferring || (entity.folder !== null && entity.origin !== 'inferred')) {
      return void warn(
        'catalog.owned_elsewhere',
        `${one.ref} belongs to ${where(entity)}, so this document is not written`,
        'Keep it in one of the two places.',
      )
    }
    if (entity.folder === null && entity.hash !== one.hash)
      warn(
        'catalog.form_replaced',
        `${one.ref} was written in the app; the file replaces it. Version ${entity.version} keeps what it was`,
        'Carry over what the file lacks, if anything.',
      )
    return void (entity.hash === one.hash ? plan.kept.push(one) : plan.writes.push({ checked: one, created: false }))
  }
  const edited = entity.statedHash !== null && entity.hash !== entity.statedHash
  if (entity.hash === one.hash || (edited && (inferring || entity.statedHash === one.hash))) {
    if (entity.hash !== one.hash && !inferring)
      warn(
        'catalog.edited_in_app',
        `${one.ref} was edited in the app after this file was applied; the edit stands`,
        'Export it and put it into the file, or change the file to replace the edit.',
      )
    return void plan.kept.push(one)
  }
  if (edited)
    warn(
      'catalog.edit_replaced',
      `${one.ref} was edited in the app; the changed file replaces the edit. Version ${entity.version} keeps it`,
      'Carry over what the file lacks, if anything.',
    )
  plan.writes.push({ checked: one, created: false })
}

function duplicate(ref: Ref, again: CheckedDraft, first: CheckedDraft): Problem {
  return {
    code: 'catalog.duplicate',
    severity: 'warning',
    message: `${ref} is described twice; the first stands${first.draft.file ? `, in ${first.draft.file}${first.draft.line ? `:${first.draft.line}` : ''}` : ''}`,
    fix: 'Remove one of the two, or give it another name.',
    ...placeOf(again),
  }
}

function placeOf({ draft }: CheckedDraft): Partial<Problem> {
  return {
    ...(draft.file === undefined ? {} : { file: draft.file }),
    ...(draft.line === undefined ? {} : { line: draft.line }),
    path: 'metadata.name',
  }
}

function where(entity: PresentEntity): string {
  const file = entity.file ? `${entity.file}${entity.line ? `:${entity.line}` : ''} of ` : ''
  return `${file}the folder ${entity.folder}`
}
