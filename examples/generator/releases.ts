import { HOUR, MINUTE, text } from './calendar.ts'
import { urgentChange } from './change.ts'
import { Failures } from './failures.ts'
import type { Purpose } from './purpose.ts'
import { componentRef, type ExampleRecord } from './record.ts'
import type { Service } from './services.ts'
import { type Chapter, chapterOf } from './story.ts'
import type { Course, Released, Repair, Waiting } from './telling.ts'
import { personOf } from './words.ts'

/** The deployments of one service. */
export class Releases implements Repair {
  readonly service: Service
  readonly course: Course
  readonly #failures: Failures
  #waiting: Waiting[] = []
  #last: Released | null = null
  #count = 0

  constructor(service: Service, course: Course) {
    this.service = service
    this.course = course
    this.#failures = new Failures(this)
  }

  wait(merge: Waiting): void {
    this.#waiting.push(merge)
  }

  /** The planned deployment of a day: what has been merged for half an hour; nothing when nothing waits. */
  deploy(at: number): ExampleRecord[] {
    const ready = this.#waiting.filter((merge) => merge.at <= at - 30 * MINUTE)
    if (ready.length === 0) return []
    const { random } = this.course
    const before = this.#last
    const finishedAt = at + Math.round(random.between(4, 14)) * MINUTE
    const records: ExampleRecord[] = []
    const sha = ready.at(-1)!.sha
    if (random.chance(0.03))
      records.push(
        this.#record({ id: `${this.service.name}-${this.#count + 1}-stopped`, sha, finishedAt: at - 10 * MINUTE, outcome: 'failure' }),
      )
    records.push(
      this.#record({ id: `${this.service.name}-${this.#count + 1}-staging`, sha, finishedAt: at - 2 * MINUTE, environment: 'staging' }),
    )
    const { released, records: reports } = this.#release(finishedAt, ready, { planned: true })
    return [...records, ...reports, ...this.#failures.afterwards(released, before)]
  }

  mend(incident: string | null, begun: number, at: number, wish: { title: string; reverts?: string }): void {
    const { course, service } = this
    const purpose: Purpose = {
      category: 'repair',
      title: wish.title,
      author: personOf(service.team, course.random.below(5)),
      bot: false,
      trailers: incident ? { Fixes: [incident] } : {},
      throughItem: false,
      labels: ['hotfix'],
      truth: null,
    }
    const change = urgentChange(course.repository, service, course.nextNumber(), purpose, begun, at - 20 * MINUTE, course.random)
    if (wish.reverts) change.reverts = wish.reverts
    course.agenda.add(change.mergedAt, () => course.merge(change))
    course.agenda.add(
      at - MINUTE,
      () =>
        this.#release(
          at,
          this.#waiting.filter((merge) => merge.at < at),
          { planned: false, ...(incident ? { fixes: incident } : {}) },
        ).records,
    )
  }

  rollBack(from: Released, to: Released, at: number): void {
    this.course.agenda.add(at - MINUTE, () => {
      this.#count += 1
      this.#last = { ...to, at }
      return [this.#record({ id: `${this.service.name}-${this.#count}`, sha: to.sha, finishedAt: at, rollbackOf: from.id, planned: false })]
    })
  }

  #release(
    finishedAt: number,
    merges: readonly Waiting[],
    more: { planned: boolean; fixes?: string },
  ): { released: Released; records: ExampleRecord[] } {
    this.#count += 1
    const released: Released = { id: `${this.service.name}-${this.#count}`, sha: merges.at(-1)!.sha, at: finishedAt, merges: [...merges] }
    const first = this.#last === null
    this.#waiting = this.#waiting.filter((merge) => !merges.includes(merge))
    this.#last = released
    const commits = this.service.statesCommits && !first ? merges.flatMap((merge) => merge.holds) : undefined
    const record = this.#record({ id: released.id, sha: released.sha, finishedAt, ...more, ...(commits ? { commits } : {}) })
    const records = [record]
    if (this.course.repository.deploymentsTwice) {
      this.course.telling.truth.twice.deployment += 1
      records.push({
        kind: 'deployment',
        source: 'cluster',
        id: `rollout-${this.service.name}-${this.#count}`,
        subject: componentRef(this.service.name),
        at: text(finishedAt + 90_000),
        basis: 'observed',
        environment: 'production',
        commit: released.sha,
        finishedAt: text(finishedAt + 90_000),
        outcome: 'success',
      })
    }
    return { released, records }
  }

  #record({
    sha,
    finishedAt,
    ...more
  }: {
    id: string
    sha: string
    finishedAt: number
    environment?: string
    outcome?: 'success' | 'failure'
    commits?: string[]
    planned?: boolean
    fixes?: string
    rollbackOf?: string
  }): ExampleRecord {
    return {
      kind: 'deployment',
      source: 'pipeline',
      subject: componentRef(this.service.name),
      at: text(finishedAt),
      basis: 'explicit',
      environment: 'production',
      commit: sha,
      startedAt: text(finishedAt - 4 * MINUTE),
      finishedAt: text(finishedAt),
      outcome: 'success',
      ...more,
    }
  }

  chapter(at: number): Chapter {
    return chapterOf(this.service, this.course.daysAgo(at))
  }

  recovery(at: number): number {
    return Math.round(Math.min(16, Math.max(0.4, this.course.random.logNormal(this.chapter(at).recoveryHours, 0.5))) * HOUR)
  }
}
