import type { Instant } from '../../../ground/core/index.ts'
import type { ChangeRow, DeploymentRow } from './facts.ts'
import { inTime } from './merge/deployments.ts'
import { namesOf } from './merge/incidents.ts'

/** What is known of a unit when something else refers to it. */
export type Shipped = Pick<ChangeRow, 'id' | 'records' | 'number' | 'commits' | 'deployment' | 'deployedAt'>

/** Successful deployments in order of time, found by name, by commit, by what they hold. */
export class Timeline {
  readonly rows: readonly DeploymentRow[]
  readonly #named = new Map<string, DeploymentRow>()
  readonly #firsts = new Map<string, DeploymentRow>()
  readonly #byId = new Map<string, DeploymentRow>()
  readonly #artifacts = new Map<string, DeploymentRow>()
  readonly #shipped: readonly Shipped[]
  /** Units by commit, number and every name of their records; made when first asked for, since most histories never do. */
  #units: Map<string, Shipped> | null = null

  constructor(rows: Iterable<DeploymentRow>, units: readonly Shipped[]) {
    this.#shipped = units
    this.rows = [...rows].filter(({ kind }) => kind !== 'unsuccessful').sort(inTime)
    for (const row of this.rows) {
      this.#byId.set(row.id, row)
      for (const name of row.records.flatMap(namesOf)) if (!this.#named.has(name)) this.#named.set(name, row)
      if (row.artifact !== null && !this.#artifacts.has(row.artifact)) this.#artifacts.set(row.artifact, row)
      if (row.kind === 'first' && !this.#firsts.has(row.commit)) this.#firsts.set(row.commit, row)
    }
  }

  /** A deployment by its id, with or without kind and source. */
  named(name: string): DeploymentRow | null {
    return this.#named.get(name) ?? null
  }

  /** The first deployment of an artifact. */
  withArtifact(artifact: string): DeploymentRow | null {
    return this.#artifacts.get(artifact) ?? null
  }

  /** The deployment that first ran the commit of this one: itself, unless it deployed something again. */
  firstOf(row: DeploymentRow): DeploymentRow {
    return row.kind === 'first' ? row : (this.#firsts.get(row.commit) ?? row)
  }

  /** The deployment that first held a commit. */
  holding(sha: string): DeploymentRow | null {
    const exact = this.#firsts.get(sha) ?? this.#holder(this.#byName.get(sha))
    return exact ?? (/^[0-9a-f]{7,39}$/.test(sha) ? this.#holdingPrefix(sha) : null)
  }

  /** A unit by commit, id or number. */
  unit(name: string): Shipped | null {
    return this.#byName.get(name) ?? null
  }

  byId(id: string | null): DeploymentRow | null {
    return id === null ? null : (this.#byId.get(id) ?? null)
  }

  /** The last deployment of any kind up to a moment. */
  lastUntil(at: Instant): DeploymentRow | null {
    return this.rows[this.#countUntil(at) - 1] ?? null
  }

  /** The last deployment that brought something new, up to a moment. */
  lastFirstUntil(at: Instant): DeploymentRow | null {
    for (let index = this.#countUntil(at) - 1; index >= 0; index--) if (this.rows[index]!.kind === 'first') return this.rows[index]!
    return null
  }

  nextAfter(at: Instant): DeploymentRow | null {
    return this.rows[this.#countUntil(at)] ?? null
  }

  /** The deployment right before this one. */
  before(row: DeploymentRow): DeploymentRow | null {
    const index = this.rows.indexOf(row)
    return index > 0 ? this.rows[index - 1]! : null
  }

  /** The deployment right before this one that brought something new. */
  firstBefore(row: DeploymentRow): DeploymentRow | null {
    for (let index = this.rows.indexOf(row) - 1; index >= 0; index--) if (this.rows[index]!.kind === 'first') return this.rows[index]!
    return null
  }

  get #byName(): Map<string, Shipped> {
    if (this.#units) return this.#units
    const units = new Map<string, Shipped>()
    const name = (called: string, unit: Shipped) => {
      if (!units.has(called)) units.set(called, unit)
    }
    for (const unit of this.#shipped) {
      for (const record of unit.records) for (const called of namesOf(record)) name(called, unit)
      for (const sha of unit.commits) name(sha, unit)
      if (unit.number !== null) for (const mark of ['#', '!']) name(`${mark}${unit.number}`, unit)
    }
    return (this.#units = units)
  }

  #holder(unit: Shipped | undefined): DeploymentRow | null {
    return unit ? this.byId(unit.deployment) : null
  }

  #holdingPrefix(prefix: string): DeploymentRow | null {
    const shas = new Set([...this.#firsts.keys(), ...this.#byName.keys()].filter((sha) => sha.length === 40 && sha.startsWith(prefix)))
    const [only] = shas
    return shas.size === 1 && only ? (this.#firsts.get(only) ?? this.#holder(this.#byName.get(only))) : null
  }

  /** How many deployments finished until a moment, by halving. */
  #countUntil(at: Instant): number {
    let low = 0
    let high = this.rows.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.rows[middle]!.finishedAt <= at) low = middle + 1
      else high = middle
    }
    return low
  }
}
