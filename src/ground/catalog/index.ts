/** What the organisation intends: entities, versions, links, trace, gaps. */
export type { ApplyResult, Catalog, Entity, EntityDraft, EntityFilter, EntityKind, EntityMetadata, EntityOrigin, Gap, GapFinder, Link, LinkOrigin, LinkProvider, LinkStatus, StatedLink, SubjectShare, Trace, TraceEdge, TraceNode } from './catalog.ts'
