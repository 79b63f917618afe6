import * as z from 'zod'

/**
 * The outer shape of the seven kinds of OpenSLO v1, as leniently as the specification reads: what is required is there
 * and of its type; `null` is as good as left out; fields nobody knows are kept. What holds between fields, and what only
 * a strict reader asks for, is in `rules/`.
 * https://github.com/OpenSLO/OpenSLO/blob/main/README.md
 */
const Text = z.string()
const maybe = <T extends z.ZodType>(schema: T) => schema.nullish()

/** Values of labels and annotations are held to their form by the catalogue. */
export const Metadata = z.looseObject({
  name: Text,
  displayName: maybe(Text),
  labels: maybe(z.record(Text, z.union([Text, z.array(Text)]))),
  annotations: maybe(z.record(Text, Text)),
})

const Metric = z.looseObject({
  metricSource: z.looseObject({
    metricSourceRef: maybe(Text),
    type: maybe(Text),
    spec: maybe(z.record(Text, z.unknown())),
  }),
})

export const SliSpec = z.looseObject({
  description: maybe(Text),
  thresholdMetric: maybe(Metric),
  ratioMetric: maybe(
    z.looseObject({
      counter: maybe(z.boolean()),
      good: maybe(Metric),
      bad: maybe(Metric),
      total: maybe(Metric),
      rawType: maybe(z.enum(['success', 'failure'])),
      raw: maybe(Metric),
    }),
  ),
})

const InlineIndicator = z.looseObject({ metadata: Metadata, spec: SliSpec })
const Operator = z.enum(['lte', 'gte', 'lt', 'gt'])

const Objective = z.looseObject({
  displayName: maybe(Text),
  op: maybe(Operator),
  value: maybe(z.number()),
  target: maybe(z.number()),
  targetPercent: maybe(z.number()),
  timeSliceTarget: maybe(z.number()),
  timeSliceWindow: maybe(z.union([z.number(), Text])),
  indicator: maybe(InlineIndicator),
  indicatorRef: maybe(Text),
  compositeWeight: maybe(z.number()),
})

const TimeWindow = z.looseObject({
  duration: Text,
  isRolling: maybe(z.boolean()),
  calendar: maybe(z.looseObject({ startTime: Text, timeZone: Text })),
})

export const AlertConditionSpec = z.looseObject({
  description: maybe(Text),
  severity: Text,
  condition: z.looseObject({
    kind: maybe(Text),
    op: Operator,
    threshold: z.number(),
    lookbackWindow: Text,
    alertAfter: maybe(Text),
  }),
})

export const AlertNotificationTargetSpec = z.looseObject({ description: maybe(Text), target: Text })

/** A reference under a name of its own, or the document itself: which of the two is a rule's to say. */
const inner = <Ref extends string, T extends z.ZodType>(ref: Ref, spec: T) =>
  z.looseObject({
    ...({ [ref]: maybe(Text) } as Record<Ref, z.ZodOptional<z.ZodNullable<z.ZodString>>>),
    kind: maybe(Text),
    metadata: maybe(Metadata),
    spec: maybe(spec),
  })

export const AlertPolicySpec = z.looseObject({
  description: maybe(Text),
  alertWhenNoData: maybe(z.boolean()),
  alertWhenResolved: maybe(z.boolean()),
  alertWhenBreaching: maybe(z.boolean()),
  conditions: z.array(inner('conditionRef', AlertConditionSpec)),
  notificationTargets: maybe(z.array(inner('targetRef', AlertNotificationTargetSpec))),
})

export const SloSpec = z.looseObject({
  description: maybe(Text),
  service: Text,
  indicator: maybe(InlineIndicator),
  indicatorRef: maybe(Text),
  timeWindow: maybe(z.array(TimeWindow)),
  budgetingMethod: z.enum(['Occurrences', 'Timeslices', 'RatioTimeslices']),
  objectives: z.array(Objective).min(1, 'an SLO promises at least one objective'),
  alertPolicies: maybe(z.array(inner('alertPolicyRef', AlertPolicySpec))),
})

export const DataSourceSpec = z.looseObject({ description: maybe(Text), type: Text, connectionDetails: z.unknown().optional() })
export const ServiceSpec = z.looseObject({ description: maybe(Text) })

export type SliSpec = z.infer<typeof SliSpec>
export type SloSpec = z.infer<typeof SloSpec>
export type AlertPolicySpec = z.infer<typeof AlertPolicySpec>
export type AlertConditionSpec = z.infer<typeof AlertConditionSpec>
