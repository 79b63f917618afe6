/** Who may act, and who did. */
export { createIdentity } from './create.ts'
export type { AuditEntry, Identity, Token } from './identity.ts'
export { identityOperations } from './operations.ts'
export { secretIn } from './secret-file.ts'
