/** Who may act, and who did. */
export type { AuditEntry, Identity, Token } from './identity.ts'
