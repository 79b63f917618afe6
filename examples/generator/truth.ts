export interface Served {
  from: string
  to: string
}

/** What the generator knows and the product has to find out; counted while the records are made. */
export interface Truth {
  /** Every change and the outcome it truly serves, by node: `change:forge/12@repository:example/x`. A suggestion is right when it is among these. */
  serves: Served[]
  /** Those of them that say so nowhere, in no title, trailer or work item: what suggestions should find. */
  hidden: Served[]
  /** Facts that two sources report, by kind: each counts once. */
  twice: { change: number; deployment: number }
  /** The incident whose record came again later and said otherwise. */
  lateRevision: { id: string; subject: string; resolvedAt: string; firstSaid: string } | null
  /** The incident nobody has resolved yet. */
  openIncident: { id: string; subject: string } | null
  /** Failures by the component and how they show. */
  failures: { subject: string; at: string; shownBy: 'hotfix' | 'rollback' | 'soon_after' | 'revert' }[]
  /** Incidents no deployment caused. */
  outsideCauses: string[]
  /** Work items, by node: those opened again once they were done, those nobody planned, those of which nothing says. */
  items: { reopened: string[]; unplanned: string[]; untold: string[] }
}

export function noTruth(): Truth {
  return {
    serves: [],
    hidden: [],
    twice: { change: 0, deployment: 0 },
    lateRevision: null,
    openIncident: null,
    failures: [],
    outsideCauses: [],
    items: { reopened: [], unplanned: [], untold: [] },
  }
}
