/** What the organisation intends: entities, versions, links, trace, gaps. */
export type {
  ApplyHow,
  ApplyResult,
  Catalog,
  CheckHow,
  Entity,
  EntityDraft,
  EntityFilter,
  EntityKind,
  EntityMetadata,
  EntityOrigin,
  EntityStatement,
  ExportedEntity,
  Gap,
  GapFinder,
  GapScope,
  Link,
  LinkOrigin,
  LinkProvider,
  LinkStatus,
  Observation,
  Relation,
  Relations,
  Resident,
  StatedLink,
  SubjectFinder,
  SubjectShare,
  Trace,
  TraceEdge,
  TraceNode,
} from './catalog.ts'
export { ECOSYSTEMS, type Ecosystem, type PackageFile, type PackageUse, type Publication, type ToldPackages } from './packages/package.ts'
export { createCatalog } from './create.ts'
export { draftNamespace } from './document.ts'
export { schemaProblems } from './schema-problems.ts'
export { DraftInput } from './schemas.ts'
export { ownerOf } from './owner.ts'
export { whereaboutsOf } from './shares/annotations.ts'
export { DateText, MeasureId, QuantityText, RefText, StatedLinks, SubjectText } from './kinds/fields.ts'
export { descriptorFolder } from './shares/annotations.ts'
export { inScope } from './gaps/scope.ts'
export { entityAt, linkAt } from './known.ts'
export {
  type Audience,
  AUDIENCES,
  circleOf,
  DECISION_STATUSES,
  DecisionSpec,
  type DecisionStatus,
  ExceptionSpec,
  expectationFields,
  expectationLinks,
  expectationProblems,
  ExpectationSpec,
  formulaOf,
  headlinesOf,
  isBeside,
  type MadeOf,
  madeOf,
  measureRef,
  MeasureSource,
  MeasureSpec,
  MOST_HEADLINES,
  settledAmong,
  sharedKinds,
} from './kinds/index.ts'
export { isRecordId, type NodeId, recordNode, recordParts, splitNode } from './links/node-id.ts'
export { inverseOf, LINK_TYPES, type LinkType } from './links/types.ts'
export { catalogOperations } from './operations/index.ts'
