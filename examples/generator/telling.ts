import type { Agenda } from './agenda.ts'
import type { Year } from './calendar.ts'
import type { Change } from './change.ts'
import type { Random } from './random.ts'
import type { ExampleRecord } from './record.ts'
import type { Repository, Service } from './services.ts'
import type { Chapter } from './story.ts'
import type { Served, Truth } from './truth.ts'

/** How one repository's year is told. */
export interface Telling {
  seed: number
  year: Year
  /** How many times the usual amount of changes. */
  amount: number
  truth: Truth
  /** Hears of every change that serves an outcome, and whether it says so. */
  onServed?(served: Served, hidden: boolean): void
}

/** A repository as its services see it while the year goes by. */
export interface Course {
  readonly repository: Repository
  readonly telling: Telling
  readonly random: Random
  readonly agenda: Agenda<ExampleRecord[]>
  /** Days from a moment to the end of the story. */
  daysAgo(at: number): number
  nextNumber(): number
  /** Puts a change on the main line and leaves it waiting for deployment. */
  merge(change: Change): ExampleRecord[]
}

/** A merge that waits for its deployment. */
export interface Waiting {
  sha: string
  at: number
  /** All commits it brought. */
  holds: string[]
  title: string
}

/** A deployment that went out. */
export interface Released {
  id: string
  sha: string
  at: number
  /** What it newly brought. */
  merges: Waiting[]
}

/** What can be done about a failed deployment. */
export interface Repair {
  readonly service: Service
  readonly course: Course
  /** How the story stands for this service at a moment. */
  chapter(at: number): Chapter
  /** Milliseconds until users are well again, so that a fix is out before the next planned deployment. */
  recovery(at: number): number
  /** Brings a fix out: everything merged by then goes with it. */
  mend(incident: string | null, begun: number, at: number, wish: { title: string; reverts?: string }): void
  /** Goes back to what ran before. */
  rollBack(from: Released, to: Released, at: number): void
}
