import { createReadStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import type { Context } from 'hono'
import type { Ground } from '../../ground/index.ts'
import type { DoorEnv } from './caller.ts'
import { demand } from './route.ts'

/** `GET /api/backup`: a whole, consistent copy of the store as a download. */
export function backupRoute(ground: Ground): (context: Context<DoorEnv>) => Promise<Response> {
  return async (context) => {
    const caller = context.get('caller')
    demand(caller, 'admin')
    const folder = await mkdtemp(join(tmpdir(), 'throughline-backup-'))
    const file = join(folder, 'backup')
    const { bytes } = await ground.store.backup(file)
    await ground.identity.audit({ person: caller.person, verb: 'downloaded a backup', target: 'store', detail: { bytes } })
    const stream = createReadStream(file)
    stream.on('close', () => void rm(folder, { recursive: true, force: true }))
    const day = new Date(ground.clock()).toISOString().slice(0, 10)
    return new Response(Readable.toWeb(stream) as ReadableStream, {
      headers: {
        'content-type': 'application/octet-stream',
        'content-length': String(bytes),
        'content-disposition': `attachment; filename="throughline-${day}.backup"`,
      },
    })
  }
}
