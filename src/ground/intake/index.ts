/** The way in: imports, rejects, watches. */
export { createIntake } from './create.ts'
export { refFrom } from './connections/foreign-name.ts'
export { ignored, reading, told, unreadable } from './connections/payload.ts'
export { bearing, digestOf, hmacOf, sameText, secretAwaited, shown, unsigned, verified } from './connections/signatures.ts'
export { standardWebhook } from './connections/standard-webhooks.ts'
export type { Connection, ConnectionDay, Delivered, LastEvent, OpenConnection } from './connections/connection.ts'
export { listOf, NameList } from './connections/lists.ts'
export { SubjectList, subjectNamed, subjectStated } from './connections/subjects.ts'
export type { Delivery, Payload, Push, ReadPayload, SecretField, Secrets, SourceDefinition, Verified } from './connections/source.ts'
export { allowedAddresses } from './outgoing/index.ts'
export { pollMinutes, shaped } from './pulls/index.ts'
export type { DeclaredFinder, DeclaredList, Finding, Page, PageAsk, Pull, PullState, Remote, RemoteAnswer } from './pulls/index.ts'
export type { Import, ImportResult, Intake, Parsed, PostAnswer, Reject, Watch } from './intake.ts'
export { intakeOperations } from './operations/index.ts'
export {
  type Attributes,
  type Buckets,
  type LogRecord,
  type MetricPoint,
  READ_ATTRIBUTES,
  type Span,
  SPAN_KINDS,
  type SpanKind,
  telemetryResource,
  type TelemetryResource,
} from './telemetry.ts'
export { MOST_BYTES, MOST_REJECTS } from './rejects.ts'
