import { hkdfSync } from 'node:crypto'
import type { Clock } from '../core/index.ts'
import { createMoments, type Moments, type Store } from '../store/index.ts'
import { createAudit } from './audit.ts'
import type { Identity } from './identity.ts'
import { createPeople } from './people/create.ts'
import { pseudonyms } from './pseudonym.ts'
import { sealing } from './seal.ts'
import { ShareLinks } from './share-links.ts'
import { Tokens } from './tokens.ts'

/**
 * Identity on a store.
 * @param moments shared with whatever else learns on this store
 * @param secret this installation's key, at least 16 bytes; pseudonyms and what is sealed hang on it (one key each, RFC 5869)
 */
export function createIdentity({
  store,
  clock,
  secret,
  moments = createMoments({ store, clock }),
}: {
  store: Store
  clock: Clock
  secret: Buffer
  moments?: Moments
}): Identity {
  if (secret.length < 16) throw new Error('The secret of an installation has at least 16 bytes')
  const tokens = new Tokens(store, clock)
  const audit = createAudit(store, clock)
  const { seal, unseal } = sealing(keyFor(secret, 'seal'))
  const names = pseudonyms(keyFor(secret, 'pseudonym'))
  const people = createPeople({ store, moments, key: keyFor(secret, 'erased') }, names)
  return {
    createToken: (wish, by) => tokens.create(wish, by),
    tokens: () => tokens.list(),
    revokeToken: (id) => tokens.revoke(id),
    guarded: () => tokens.exists(),
    async callerOf(presented) {
      const caller = await tokens.callerOf(presented)
      return caller && { person: caller.person, scopes: caller.scopes }
    },
    openSession: (presented) => tokens.openSession(presented),
    callerOfSession: (session) => tokens.callerOfSession(session),
    closeSession: (session) => tokens.closeSession(session),
    links: new ShareLinks(store, clock),
    pseudonym(person) {
      people.noteName(person)
      return names.pseudonym(person)
    },
    people,
    seal,
    unseal,
    audit: (entry) => audit.add(entry),
    auditTrail: (filter) => audit.list(filter),
  }
}

function keyFor(secret: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, 'throughline', purpose, 32))
}
