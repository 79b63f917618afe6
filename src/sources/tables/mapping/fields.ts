import { formatRef, type Problem } from '../../../ground/core/index.ts'

/** What a field holds, and so how a cell becomes it. */
export type FieldType = 'text' | 'moment' | 'number' | 'amount' | 'list' | 'tags' | 'ref' | 'yes' | 'person'

/** A field of a kind that a column can become. */
export interface Field {
  field: string
  type: FieldType
  required: boolean
  /** Names of columns it goes by in exports of trackers, incident tools and spreadsheets, in small letters. */
  names: readonly string[]
}

/** A kind of record that rows can become. */
export interface Target {
  kind: TableKind
  fields: readonly Field[]
  /** Words in names of columns that speak for this kind. */
  signs: RegExp
}

export const TABLE_KINDS = [
  'incident',
  'work_item',
  'deployment',
  'change',
  'measurement',
  'cost',
  'product_event',
  'sli',
  'event',
] as const
export type TableKind = (typeof TABLE_KINDS)[number]

const field = (name: string, type: FieldType, names: string, required = false): Field => ({
  field: name,
  type,
  required,
  names: names.split('|'),
})
const must = (name: string, type: FieldType, names: string): Field => field(name, type, names, true)

const URL_FIELD = field('url', 'text', 'url|link|permalink|web url|html url')
const common = (id: string, subject: string, at: string): Field[] => [
  field('id', 'text', `${id}|id|key|number|nr|no|uuid|reference`),
  must('subject', 'ref', `${subject}|component|service|affected service|system|application|repository|repo|project|product|subject`),
  field('at', 'moment', `${at}|updated|updated at|last updated|last modified|modified|timestamp|date|time|at`),
]

/** What rows can become, with the names columns go by. Only fields of the record's own schema. */
export const TARGETS: readonly Target[] = [
  {
    kind: 'incident',
    signs: /incident|severity|outage|acknowledged|mitigated|resolved|impact|urgency/,
    fields: [
      ...common('incident number|incident id|incident', 'affected component|impacted service|configuration item', 'sys updated on'),
      must('title', 'text', 'title|summary|short description|incident title|name|description|subject line'),
      field('severity', 'text', 'severity|priority|urgency|impact|sev'),
      must(
        'openedAt',
        'moment',
        'opened|opened at|created|created at|created on|started|started at|start time|start|detected at|reported at|begin',
      ),
      field('acknowledgedAt', 'moment', 'acknowledged|acknowledged at|first acknowledged at|ack|ack time'),
      field('mitigatedAt', 'moment', 'mitigated|mitigated at|mitigation time'),
      field('resolvedAt', 'moment', 'resolved|resolved at|resolved on|end time|ended|ended at|end|closed|closed at|fixed at'),
      field('causedBy', 'text', 'caused by|cause|deployment id|root cause change'),
      URL_FIELD,
    ],
  },
  {
    kind: 'work_item',
    signs: /issue|story|sprint|epic|ticket|task|assignee|points|backlog|work item/,
    fields: [
      ...common('issue key|ticket|ticket id|issue id|work item id', 'project key|team project|area path', 'changed date'),
      must('title', 'text', 'title|summary|name|subject line|headline|description'),
      must('state', 'text', 'state|status|column|stage'),
      field('type', 'text', 'type|issue type|work item type|kind'),
      must('createdAt', 'moment', 'created|created at|created on|created date|opened|opened at|creation date'),
      field('startedAt', 'moment', 'started|started at|in progress at|activated date|start date'),
      field(
        'doneAt',
        'moment',
        'done|done at|resolved|resolved at|resolution date|completed|completed at|closed|closed at|closed date|finished',
      ),
      field('parent', 'text', 'parent|parent key|epic|epic link|parent id'),
      field('labels', 'list', 'labels|tags|label'),
      field('points', 'number', 'points|story points|estimate|story point estimate|effort'),
      field('refs', 'list', 'refs|linked issues|references'),
      URL_FIELD,
    ],
  },
  {
    kind: 'deployment',
    signs: /deploy|release|environment|commit|sha|rollback/,
    fields: [
      ...common('deployment id|deploy id|release id|run id', 'app', 'deployed at'),
      must('commit', 'text', 'commit|sha|commit sha|revision|git sha|commit hash'),
      must(
        'finishedAt',
        'moment',
        'finished|finished at|deployed at|deployed|completed at|completed|end time|ended at|released at|deploy time',
      ),
      must('outcome', 'text', 'outcome|result|status|state|conclusion'),
      field('environment', 'text', 'environment|env|stage|target'),
      field('startedAt', 'moment', 'started|started at|start time|created|created at'),
      field('planned', 'yes', 'planned|is planned'),
      field('fixes', 'text', 'fixes|fixes incident'),
      field('rollbackOf', 'text', 'rollback of|rolls back'),
      field('artifact', 'text', 'artifact|image|version|tag|release'),
      URL_FIELD,
    ],
  },
  {
    kind: 'change',
    signs: /pull request|merge request|\bpr\b|\bmr\b|merged|branch|reviewer|additions|deletions/,
    fields: [
      ...common('pull request|pr|pr number|merge request|mr', 'repository name', 'updated at'),
      field('number', 'number', 'number|pr number|pull request number|iid'),
      field('title', 'text', 'title|name|summary'),
      field('author', 'person', 'author|created by|opened by|user'),
      field('branch', 'text', 'branch|head branch|source branch'),
      field('openedAt', 'moment', 'opened|opened at|created|created at'),
      field('firstReviewAt', 'moment', 'first review|first review at|first reviewed at'),
      field('approvedAt', 'moment', 'approved|approved at'),
      field('mergedAt', 'moment', 'merged|merged at'),
      field('closedAt', 'moment', 'closed|closed at'),
      field('mergeCommit', 'text', 'merge commit|merge commit sha|merge sha'),
      field('additions', 'number', 'additions|lines added|added'),
      field('deletions', 'number', 'deletions|lines deleted|lines removed|deleted'),
      field('labels', 'list', 'labels|tags'),
      URL_FIELD,
    ],
  },
  {
    kind: 'measurement',
    signs: /value|metric|measure|score|average|rate|ratio|percent|survey|duration|seconds|minutes|hours/,
    fields: [
      ...common('measurement id', 'team', 'measured at|day|week|month|period|recorded at|created|created at'),
      must('measure', 'text', 'measure|metric|metric name|indicator|kpi'),
      must('value', 'number', 'value|score|result|amount|count|average|total|duration|seconds|minutes|hours|percent'),
    ],
  },
  {
    // Names of FOCUS 1.0 to 1.2 (focus.finops.org), then those of other exports.
    kind: 'cost',
    signs: /\bcost\b|\bcharges?\b|billing|billed|invoice|amortized|\bsku\b/,
    fields: [
      must('subject', 'ref', 'sub account id|account id|account|subscription id|linked account|project id|component|service owner|team'),
      must('from', 'moment', 'charge period start|usage start date|usage date|start date|date|day|month|period|start'),
      field('until', 'moment', 'charge period end|usage end date|end date|end'),
      field('billed', 'amount', 'billed cost|cost|amount|charge|total|unblended cost|net cost|price|cost in billing currency'),
      field('effective', 'amount', 'effective cost|amortized cost|net amortized cost'),
      must('currency', 'text', 'billing currency|currency|currency code|iso currency'),
      field('service', 'text', 'service name|service|product name|product|meter category'),
      field('category', 'text', 'charge category|charge type|line item type|category|cost type'),
      field('resource', 'text', 'resource id|resource|resource name'),
      field('customer', 'text', 'customer id|customer|tenant id|tenant|client'),
      field('tags', 'tags', 'tags|resource tags|labels'),
      field('bill.number', 'text', 'bill|bill id|bill number'),
      field('bill.issuer', 'text', 'invoice issuer name|provider name|provider|vendor|supplier'),
      field('bill.account', 'text', 'billing account id|payer account id|billing account|payer'),
      field('bill.period', 'moment', 'billing period start|invoice month|billing month|billing period'),
    ],
  },
  {
    kind: 'product_event',
    signs: /event|user|customer|visitor|session|amount|currency|revenue|order|actor/,
    fields: [
      ...common(
        'event id|order id|order number|order|transaction id|invoice',
        'shop|site|store',
        'occurred at|ordered at|order date|purchased at|paid at|created|created at',
      ),
      must('name', 'text', 'event|event name|name|action|event type'),
      must('actor', 'person', 'actor|user|user id|customer|customer id|visitor id|anonymous id|account|email|customer email'),
      field('revenue.amount', 'number', 'amount|revenue|total|price|value|order total|sum'),
      field('revenue.currency', 'text', 'currency|currency code|iso currency'),
    ],
  },
  {
    kind: 'sli',
    signs: /\bgood\b|total|\bsli\b|indicator|window/,
    fields: [
      ...common('sample id', 'app', 'window end|measured at'),
      must('indicator', 'text', 'indicator|sli|sli name|metric'),
      must('windowStart', 'moment', 'window start|start|from|time|timestamp|minute|hour'),
      must('seconds', 'number', 'seconds|window seconds|duration|window'),
      must('good', 'number', 'good|good events|success|successes|ok'),
      must('total', 'number', 'total|total events|all|count|requests'),
    ],
  },
  {
    kind: 'event',
    signs: /^$/,
    fields: [
      ...common('event id', 'about', 'occurred at|happened at|created|created at'),
      must('type', 'text', 'type|event|event type|name|action|kind'),
    ],
  },
]

/** Parts of a record that take any name: what a kind has no field for. */
const OPEN: Partial<Record<TableKind, string>> = { measurement: 'dimensions', cost: 'tags', event: 'data' }

export function targetOf(kind: TableKind): Target {
  return TARGETS.find((target) => target.kind === kind)!
}

/** A field of a kind by its name; `dimensions.<name>` of a measurement, `tags.<name>` of a cost and `data.<name>` of an event are texts of any name. */
export function fieldOf(kind: TableKind, name: string): Field | null {
  const known = targetOf(kind).fields.find((one) => one.field === name)
  if (known) return known
  const open = OPEN[kind]
  const inner = open && name.startsWith(`${open}.`) ? name.slice(open.length + 1) : ''
  return inner !== '' && inner.length <= 100 && inner !== '__proto__' ? { field: name, type: 'text', required: false, names: [] } : null
}

/** Where columns without a field of their own may go, for saying so. */
export function openPartOf(kind: TableKind): string | null {
  return OPEN[kind] ?? null
}

/** What an unknown field is answered with. */
export function unknownField(kind: TableKind, name: string): Problem {
  const open = openPartOf(kind)
  return {
    code: 'mapping.unknown_field',
    severity: 'error',
    message: `A ${kind} has no field "${name.slice(0, 100)}"`,
    path: `fields.${name.slice(0, 100)}`,
    fix: `Use ${targetOf(kind)
      .fields.map((one) => one.field)
      .join(', ')}${open ? ` or ${open}.<name>` : ''}.`,
  }
}

/** For examples in words. */
export const EXAMPLE_SUBJECT = formatRef({ kind: 'component', namespace: 'default', name: 'shop' })
