import * as z from 'zod'
import { type Instant, MINUTE, ok, ownEntry, refuse, type Result } from '../../ground/core/index.ts'
import {
  hmacOf,
  ignored,
  type ReadPayload,
  sameText,
  secretAwaited,
  type SourceDefinition,
  unsigned,
  type Verified,
  verified,
} from '../../ground/intake/index.ts'
import { readIssueEvent } from './issues.ts'
import { readProjectEvent } from './projects.ts'
import { pull } from './pull/pull.ts'
import { LinearSettings } from './settings.ts'

const SIGNATURE = 'linear-signature'
/** How far our clock and the time of sending may be apart, as Linear advises. */
const FRESH = MINUTE

const READERS: Record<string, (body: unknown, settings: LinearSettings) => ReadPayload> = {
  Issue: readIssueEvent,
  Project: readProjectEvent,
}

/** Linear, by a webhook of the workspace, and by its GraphQL API for the past. */
export const linear: SourceDefinition = {
  kind: 'linear',
  title: 'Linear',
  brings: 'Issues and projects with their states, labels and parents, as they change.',
  steps: [
    'In Linear open Settings, then API under Administration, then New webhook.',
    'URL: {address}',
    'Data change events: tick Issues and Projects. Team selection: all public teams, or the one that is meant.',
    'Press Create webhook. Linear shows its signing secret: copy it and give it here. Until then everything that comes is turned away.',
    'The first event comes when an issue is next changed: edit any.',
    'To read the past year as well: in Linear open Settings, then Security & access under Account, then New API key, with the permission Read and access to the teams meant. Give it here as "API key", with the teams to read back.',
  ],
  settings: LinearSettings,
  naming: ['teams', 'projectSubject'],
  secrets: [
    { name: 'signing', label: 'signing secret', made: 'there', afterwards: true },
    { name: 'apiKey', label: 'API key (with the permission Read), to read back', made: 'there', optional: true },
  ],
  push: {
    eventOf: (_, body) =>
      typeof body === 'object' && body !== null && 'type' in body && typeof body.type === 'string' ? body.type.slice(0, 100) : 'unnamed',
    verify({ headers, body }, { signing }, now): Result<Verified> {
      const given = headers[SIGNATURE]
      if (!given) return unsigned(SIGNATURE)
      if (!signing) return secretAwaited('signing secret')
      const replayKey = `${headers['linear-delivery'] ?? ''} ${given}`.trim()
      const proved = verified(sameText(hmacOf('sha256', signing, body), given), replayKey, SIGNATURE)
      return proved.ok ? fresh(body, proved.value, now) : proved
    },
    read({ event, body }, settings) {
      const read = ownEntry(READERS, event)
      return read ? read(body, LinearSettings.parse(settings)) : ignored(`Events of the kind "${event}" carry nothing that is kept.`)
    },
    // Linear switches a webhook off that answers with refusals again and again.
    acknowledgesRepeats: true,
  },
  pull,
}

/** A delivery says inside what is signed when it was sent; one that somebody kept for later is turned away. */
function fresh(body: Buffer, proved: Verified, now: Instant): Result<Verified> {
  const sent = Sent.safeParse(read(body))
  if (!sent.success)
    return refuse('hook.no_time', 'The delivery does not say when it was sent.', {
      path: 'webhookTimestamp',
      fix: 'Let Linear itself send it: it writes webhookTimestamp, in milliseconds.',
    })
  if (Math.abs(now - sent.data.webhookTimestamp) <= FRESH) return ok(proved)
  return refuse('hook.stale', 'The delivery was sent more than a minute from now.', {
    path: 'webhookTimestamp',
    fix: 'Linear sends it again with a new time. If all are turned away, set the clock of this server.',
  })
}

const Sent = z.looseObject({ webhookTimestamp: z.number() })

function read(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'))
  } catch {
    return null
  }
}
