/** Who may act, and who did. */
export { createIdentity } from './create.ts'
export type { AuditEntry, Identity, Token } from './identity.ts'
export { identityOperations } from './operations.ts'
export { secretIn } from './secret-file.ts'
export { joinedPeople } from './people/joined-columns.ts'
export type { ErasedPeople } from './people/erased.ts'
export type { ActorKind, JoinOrigin, People, PersonStatement } from './people/people.ts'
