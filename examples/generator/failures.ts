import { HOUR, MINUTE, text, weekday } from './calendar.ts'
import { componentRef, type ExampleRecord } from './record.ts'
import type { Released, Repair } from './telling.ts'
import type { Truth } from './truth.ts'
import { BUGS, FAILURES } from './words.ts'

type Shown = Truth['failures'][number]['shownBy']

/** How failures show themselves, in turn: most are stated, some only follow from what happened next. */
const WAYS: readonly Shown[] = ['hotfix', 'rollback', 'hotfix', 'soon_after', 'rollback', 'revert']
/** Days before the end in which the incident that is still open, and the one that was corrected, happen. */
const STILL_OPEN = 7
const REVISED = { from: 60, to: 21 }

/** Failed deployments of one service: which fail, what people see of it, and how it ends. */
export class Failures {
  readonly #repair: Repair
  /** Share of a failure that has built up; shares hold in every stretch, not only on average. */
  #due: number
  #count = 0
  #incidents = 0

  constructor(repair: Repair) {
    this.#repair = repair
    this.#due = repair.course.random.next()
  }

  /** What follows from a planned deployment. */
  afterwards(released: Released, before: Released | null): ExampleRecord[] {
    const { course, service } = this.#repair
    const { truth, year } = course.telling
    const daysAgo = course.daysAgo(released.at)
    if (!before) return []
    if (service.name === 'sorting' && daysAgo < STILL_OPEN && !truth.openIncident) return this.#stillOpen(released)
    this.#due += this.#repair.chapter(released.at).fails
    if (this.#due < 1) return this.#outsideCause(released)
    this.#due -= 1
    const shownBy = WAYS[this.#count++ % WAYS.length]!
    truth.failures.push({ subject: componentRef(service.name), at: text(released.at), shownBy })
    const openedAt = released.at + Math.round(course.random.between(10, 70)) * MINUTE
    const resolvedAt = openedAt + this.#repair.recovery(released.at)
    const resolved = resolvedAt < year.to ? { resolvedAt: text(resolvedAt) } : {}
    if (shownBy === 'revert') {
      const target = released.merges.at(-1)!
      this.#repair.mend(null, openedAt, resolvedAt, { title: `Revert "${target.title}"`, reverts: target.sha })
      return []
    }
    const id = this.#nextId()
    const stated = shownBy === 'soon_after' ? {} : { causedBy: released.id }
    const incident = this.#incident(id, openedAt, { ...stated, ...resolved })
    if (shownBy === 'hotfix')
      this.#repair.mend(id, openedAt + 10 * MINUTE, resolvedAt, { title: `fix(${service.name}): ${course.random.pick(BUGS)}` })
    if (shownBy === 'rollback') this.#repair.rollBack(released, before, resolvedAt)
    if (service.name === 'payments' && !truth.lateRevision && daysAgo < REVISED.from && daysAgo > REVISED.to)
      return [incident, this.#revised(id, openedAt, resolvedAt, stated)]
    return [incident]
  }

  /** The same record again, three days later: users were not well again until much later than first said. */
  #revised(id: string, openedAt: number, resolvedAt: number, stated: object): ExampleRecord {
    const later = resolvedAt + 30 * HOUR
    this.#repair.course.telling.truth.lateRevision = {
      id,
      subject: componentRef(this.#repair.service.name),
      resolvedAt: text(later),
      firstSaid: text(resolvedAt),
    }
    return { ...this.#incident(id, openedAt, { ...stated, resolvedAt: text(later), severity: 'high' }), at: text(openedAt + 72 * HOUR) }
  }

  #stillOpen(released: Released): ExampleRecord[] {
    const id = this.#nextId()
    const { truth } = this.#repair.course.telling
    truth.openIncident = { id, subject: componentRef(this.#repair.service.name) }
    truth.failures.push({ subject: truth.openIncident.subject, at: text(released.at), shownBy: 'hotfix' })
    return [this.#incident(id, released.at + 25 * MINUTE, { causedBy: released.id, severity: 'high' })]
  }

  /** Now and then a supplier fails on a Sunday, more than a day after the last deployment: nobody's change. */
  #outsideCause(released: Released): ExampleRecord[] {
    const { course, service } = this.#repair
    if (service.name !== 'notifications' || weekday(released.at) !== 4 || !course.random.chance(0.12)) return []
    const openedAt = released.at + 50 * HOUR
    if (openedAt + 2 * HOUR >= course.telling.year.to) return []
    const id = this.#nextId()
    course.telling.truth.outsideCauses.push(id)
    return [this.#incident(id, openedAt, { title: 'Text messages wait at the supplier', resolvedAt: text(openedAt + 2 * HOUR) })]
  }

  #incident(
    id: string,
    openedAt: number,
    more: { title?: string; causedBy?: string; resolvedAt?: string; severity?: string },
  ): ExampleRecord {
    const { service, course } = this.#repair
    return {
      kind: 'incident',
      source: 'pager',
      id,
      subject: componentRef(service.name),
      at: text(openedAt),
      title: course.random.pick(FAILURES),
      severity: 'medium',
      openedAt: text(openedAt),
      acknowledgedAt: text(openedAt + 6 * MINUTE),
      ...more,
    }
  }

  #nextId(): string {
    return `INC-${this.#repair.service.name.toUpperCase()}-${++this.#incidents}`
  }
}
