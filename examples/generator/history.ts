import { Agenda } from './agenda.ts'
import { DAY, HOUR, text, workRhythm } from './calendar.ts'
import { beginChange, type Change, changeRecord } from './change.ts'
import { mergeCommit, squash } from './commits.ts'
import { Releases } from './releases.ts'
import { Purposes } from './purpose.ts'
import { itemKey, tracked, type Tracked } from './tracker.ts'
import { type Random, randomOf } from './random.ts'
import { type ExampleRecord, outcomeRef, repositoryRef } from './record.ts'
import type { Repository, Service } from './services.ts'
import { chapterOf, isDeployDay } from './story.ts'
import type { Course, Telling } from './telling.ts'

/** One repository while its year goes by: who works, what is merged, what is deployed. */
export class History implements Course {
  readonly repository: Repository
  readonly telling: Telling
  readonly random: Random
  readonly agenda = new Agenda<ExampleRecord[]>()
  readonly #purposes: Map<Service, Purposes>
  readonly #releases: Map<Service, Releases>
  /** Apart, so that what trackers tell changes nothing of the work itself. */
  readonly #tracker: Random
  #head: string | null = null
  #number = 0
  #items = 0

  constructor(repository: Repository, telling: Telling) {
    this.repository = repository
    this.telling = telling
    this.random = randomOf(telling.seed, `repository/${repository.name}`)
    this.#tracker = randomOf(telling.seed, `tracker/${repository.name}`)
    this.#purposes = new Map(
      repository.services.map((service) => [service, new Purposes(service, randomOf(telling.seed, `purpose/${service.name}`))]),
    )
    this.#releases = new Map(repository.services.map((service) => [service, new Releases(service, this)]))
  }

  /** All records of the year, about in order of time. */
  *records(): Generator<ExampleRecord[]> {
    const { from, to } = this.telling.year
    for (let day = from; day < to; day += DAY) {
      for (const service of this.repository.services) yield* this.#begin(service, day)
      for (let records = this.agenda.next(day + DAY); records; records = this.agenda.next(day + DAY)) if (records.length > 0) yield records
    }
  }

  daysAgo(at: number): number {
    return (this.telling.year.to - at) / DAY
  }

  nextNumber(): number {
    return ++this.#number
  }

  *#begin(service: Service, day: number): Generator<ExampleRecord[]> {
    const daysAgo = this.daysAgo(day)
    const count = this.random.poisson((service.changesPerWeek / 5) * workRhythm(day) * this.telling.amount)
    for (let index = 0; index < count; index += 1) {
      const change = beginChange(
        this.repository,
        service,
        this.nextNumber(),
        this.#purposes.get(service)!.next(),
        chapterOf(service, daysAgo),
        day,
        this.random,
      )
      if (change.purpose.throughItem) yield this.#workItem(change)
      if (change.mergedAt < this.telling.year.to)
        this.agenda.add(change.mergedAt, () => (change.closed ? [this.#reported(change, null)] : this.merge(change)))
      else if (change.openedAt < this.telling.year.to) yield [this.#reported(change, null)]
    }
    if (isDeployDay(service, day, daysAgo)) {
      const at = day + Math.round(this.random.between(10, 15.5) * 60) * 60_000
      this.agenda.add(at, () => this.#releases.get(service)!.deploy(at))
    }
  }

  merge(change: Change): ExampleRecord[] {
    const sha = this.random.hex(40)
    const landed = this.repository.merges === 'squash' ? squash(change, this.#head, sha) : mergeCommit(change, this.#head, sha)
    this.#head = landed.sha
    const branch = this.repository.merges === 'merge' ? change.commits.map((commit) => commit.sha) : []
    this.#releases.get(change.service)!.wait({ sha, at: change.mergedAt, holds: [...branch, sha], title: change.title })
    const reports = [this.#reported(change, sha)]
    if (this.repository.changesTwice && !change.purpose.bot) {
      this.telling.truth.twice.change += 1
      reports.push({
        kind: 'change',
        source: 'git',
        id: String(change.number),
        subject: repositoryRef(this.repository.name),
        at: text(change.mergedAt),
        basis: 'inferred',
        number: change.number,
        title: change.title,
        mergedAt: text(change.mergedAt),
        mergeCommit: sha,
      })
    }
    for (const report of reports.slice(1)) this.#tellTruth(change, report)
    return [...landed.records, ...reports]
  }

  #reported(change: Change, mergeCommit: string | null): ExampleRecord {
    const record = changeRecord(change, mergeCommit, this.telling.year.to)
    this.#tellTruth(change, record)
    return record
  }

  #tellTruth({ purpose }: Change, { source, id, subject }: ExampleRecord): void {
    if (purpose.truth)
      this.telling.onServed?.({ from: `change:${source}/${id}@${subject}`, to: outcomeRef(purpose.truth) }, purpose.category === 'hidden')
  }

  /** The work item a change is made for, as its tracker tells it. */
  #workItem(change: Change): ExampleRecord[] {
    const key = itemKey(this.repository, ++this.#items)
    change.title = `${change.title} (${key})`
    change.refs.push(key)
    const createdAt = change.commits[0]!.authoredAt - Math.round(this.random.logNormal(60, 0.9)) * HOUR
    return tracked({
      key,
      createdAt,
      change,
      end: this.telling.year.to,
      random: this.#tracker,
      truth: this.telling.truth,
    } satisfies Tracked)
  }
}
