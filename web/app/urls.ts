/**
 * Every address of the app. Pages link through `urls`, the router mounts `PATTERNS`; nobody else writes a path.
 * References become readable paths: `outcome:default/faster` → `/vision/outcomes/default/faster`.
 */
export const PATTERNS = {
  monday: '/',
  brief: '/brief',
  story: '/story',
  vision: '/vision',
  visionEdit: '/vision/edit',
  visionHistory: '/vision/history',
  visionDraft: '/vision/draft',
  reviews: '/reviews',
  review: '/reviews/$namespace/$name',
  /** Read by link, without an account and without what stands around other pages. */
  sharedVision: '/shared/vision',
  sharedReview: '/shared/review',
  outcomeNew: '/vision/outcomes/new',
  outcome: '/vision/outcomes/$namespace/$name',
  outcomeEdit: '/vision/outcomes/$namespace/$name/edit',
  principleNew: '/vision/principles/new',
  principle: '/vision/principles/$namespace/$name',
  principleEdit: '/vision/principles/$namespace/$name/edit',
  throughline: '/throughline',
  applies: '/applies',
  drivers: '/measures/drivers',
  delivery: '/delivery',
  gate: '/gate',
  work: '/work',
  cost: '/cost',
  business: '/business',
  measures: '/measures',
  measure: '/measures/$measure',
  /** Where measures were before; leads on. */
  measureBefore: '/delivery/$measure',
  investments: '/investments',
  investmentNew: '/investments/new',
  investment: '/investments/$namespace/$name',
  investmentEdit: '/investments/$namespace/$name/edit',
  ship: '/reliability',
  slo: '/reliability/slos/$namespace/$name',
  alerts: '/reliability/alerts',
  experiments: '/experiments',
  experimentNew: '/experiments/new',
  experiment: '/experiments/$namespace/$name',
  experimentEdit: '/experiments/$namespace/$name/edit',
  effect: '/effect',
  catalogue: '/catalogue',
  capabilities: '/capabilities',
  entity: '/catalogue/$kind/$namespace/$name',
  decisions: '/decisions',
  decisionNew: '/decisions/new',
  decision: '/decisions/$namespace/$name',
  decisionEdit: '/decisions/$namespace/$name/edit',
  sloNew: '/reliability/slos/new',
  sloEdit: '/reliability/slos/$namespace/$name/edit',
  forecasts: '/forecasts',
  evidence: '/evidence',
  sources: '/sources',
  connect: '/sources/connect',
  importFile: '/sources/import',
  connection: '/sources/$id',
  record: '/records/$',
  health: '/reliability/health',
  serviceHealth: '/reliability/health/$namespace/$name',
  signIn: '/sign-in',
} as const

/** The parts of `kind:namespace/name`; a text that is none has no page. */
export function partsOf(ref: string): { kind: string; namespace: string; name: string } | null {
  const match = /^([^:/]+):([^:/]+)\/([^:/]+)$/.exec(ref)
  return match ? { kind: match[1]!, namespace: match[2]!, name: match[3]! } : null
}

/**
 * A record's id with the subject it belongs to, as in `change:git/42@repository:default/shop`: ids repeat between
 * subjects. A commit is told by its sha wherever it is.
 */
export function recordOf(id: string, subject: string | undefined): string {
  return subject && isRecord(id) && !id.startsWith('commit:') ? `${id}@${subject}` : id
}

/** Whether an id names a record; otherwise it names something declared. */
export function isRecord(id: string): boolean {
  return RECORD_KINDS.has(id.slice(0, id.indexOf(':')))
}

const RECORD_KINDS = new Set([
  'commit',
  'change',
  'deployment',
  'incident',
  'work_item',
  'sli',
  'measurement',
  'cost',
  'product_event',
  'event',
])

export const urls = {
  monday: () => PATTERNS.monday,
  brief: () => PATTERNS.brief,
  story: () => PATTERNS.story,
  vision: () => PATTERNS.vision,
  visionEdit: () => PATTERNS.visionEdit,
  visionHistory: () => PATTERNS.visionHistory,
  visionDraft: () => PATTERNS.visionDraft,
  reviews: () => PATTERNS.reviews,
  review: (ref: string) => fill(PATTERNS.review, ref),
  outcomeNew: () => PATTERNS.outcomeNew,
  outcome: (ref: string) => fill(PATTERNS.outcome, ref),
  outcomeEdit: (ref: string) => fill(PATTERNS.outcomeEdit, ref),
  principleNew: () => PATTERNS.principleNew,
  principle: (ref: string) => fill(PATTERNS.principle, ref),
  principleEdit: (ref: string) => fill(PATTERNS.principleEdit, ref),
  throughline: () => PATTERNS.throughline,
  applies: () => PATTERNS.applies,
  drivers: () => PATTERNS.drivers,
  effect: () => PATTERNS.effect,
  delivery: () => PATTERNS.delivery,
  cost: () => PATTERNS.cost,
  gate: () => PATTERNS.gate,
  work: () => PATTERNS.work,
  business: () => PATTERNS.business,
  measures: () => PATTERNS.measures,
  measure: (id: string) => `/measures/${encodeURIComponent(id)}`,
  investments: () => PATTERNS.investments,
  investmentNew: () => PATTERNS.investmentNew,
  investment: (ref: string) => fill(PATTERNS.investment, ref),
  investmentEdit: (ref: string) => fill(PATTERNS.investmentEdit, ref),
  ship: () => PATTERNS.ship,
  slo: (ref: string) => fill(PATTERNS.slo, ref),
  alerts: () => PATTERNS.alerts,
  experiments: () => PATTERNS.experiments,
  experimentNew: () => PATTERNS.experimentNew,
  experiment: (ref: string) => fill(PATTERNS.experiment, ref),
  experimentEdit: (ref: string) => fill(PATTERNS.experimentEdit, ref),
  catalogue: () => PATTERNS.catalogue,
  capabilities: () => PATTERNS.capabilities,
  entity: (ref: string) => fill(PATTERNS.entity, ref),
  decisions: () => PATTERNS.decisions,
  decisionNew: () => PATTERNS.decisionNew,
  decision: (ref: string) => fill(PATTERNS.decision, ref),
  decisionEdit: (ref: string) => fill(PATTERNS.decisionEdit, ref),
  sloNew: () => PATTERNS.sloNew,
  sloEdit: (ref: string) => fill(PATTERNS.sloEdit, ref),
  forecasts: () => PATTERNS.forecasts,
  evidence: () => PATTERNS.evidence,
  sources: () => PATTERNS.sources,
  connect: () => PATTERNS.connect,
  importFile: () => PATTERNS.importFile,
  connection: (id: string) => `/sources/${encodeURIComponent(id)}`,
  record: (id: string) => `/records/${id.split('/').map(encodeURIComponent).join('/').replaceAll('%3A', ':')}`,
  health: () => PATTERNS.health,
  serviceHealth: (ref: string) => fill(PATTERNS.serviceHealth, ref),
  signIn: () => PATTERNS.signIn,
}

/** The page of anything by its name, a reference or the id of a record. */
export function placeOf(id: string): string {
  const kind = id.slice(0, id.indexOf(':'))
  if (isRecord(id)) return urls.record(id)
  if (kind === 'measure') return urls.measure(partsOf(id)?.name ?? id)
  if (!partsOf(id)) return id.includes('.') && !id.includes(':') ? urls.measure(id) : urls.catalogue()
  if (kind === 'outcome') return urls.outcome(id)
  if (kind === 'principle') return urls.principle(id)
  if (kind === 'decision') return urls.decision(id)
  if (kind === 'investment') return urls.investment(id)
  if (kind === 'experiment') return urls.experiment(id)
  if (kind === 'vision') return urls.vision()
  if (kind === 'review') return urls.review(id)
  if (kind === 'slo') return urls.slo(id)
  return urls.entity(id)
}

function fill(pattern: string, ref: string): string {
  const parts = partsOf(ref)
  if (!parts) return '/not-found'
  return pattern.replace(/\$(kind|namespace|name)/g, (_, part: 'kind' | 'namespace' | 'name') => encodeURIComponent(parts[part]))
}
