import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { Readable } from 'node:stream'
import type { Hono } from 'hono'
import type { DoorEnv } from './caller.ts'

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.json': 'application/json',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
  '.map': 'application/json',
}

/** How the build packs each file beside itself, the smallest first (`scripts/build-web.ts`). */
const PACKED = [
  { encoding: 'br', ending: '.br' },
  { encoding: 'gzip', ending: '.gz' },
] as const

/** Serves the built web app; every address that is not a file is the app itself, so that deep links work. */
export function serveWeb(app: Hono<DoorEnv>, folder: string): void {
  app.get('*', async (context) => {
    const wanted = normalize(join(folder, decoded(context.req.path)))
    if (wanted !== folder && wanted !== folder + sep && !wanted.startsWith(folder + sep)) return context.text('Not found', 404)
    const isFile = extname(wanted) !== '' && (await stat(wanted).catch(() => null))?.isFile()
    // Pages have dots in their addresses too (/delivery/delivery.change_lead_time); only a missing asset is a miss.
    const file = isFile || context.req.path.startsWith('/assets/') ? wanted : join(folder, 'index.html')
    const found = await stat(file).catch(() => null)
    if (!found?.isFile())
      return context.text(file !== wanted ? 'The web app is not built. Run "npm start", which builds it.' : 'Not found', 404)
    const hashed = file.includes(`${sep}assets${sep}`)
    const packed = await packedFor(file, context.req.header('accept-encoding'))
    const sent = packed ?? { path: file, size: found.size }
    return new Response(context.req.method === 'HEAD' ? null : (Readable.toWeb(createReadStream(sent.path)) as ReadableStream), {
      headers: {
        'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
        'content-length': String(sent.size),
        ...(packed ? { 'content-encoding': packed.encoding } : {}),
        vary: 'accept-encoding',
        'cache-control': hashed ? 'public, max-age=31536000, immutable' : 'no-cache',
      },
    })
  })
}

/** The smallest form of a file that the caller takes (RFC 9110, 12.5.3); null for the file itself. */
async function packedFor(file: string, accepted = ''): Promise<{ path: string; size: number; encoding: string } | null> {
  const takes = new Set(
    accepted.split(',').flatMap((one) => {
      const [name, weight = '1'] = one.toLowerCase().split(/;\s*q=/)
      return Number(weight) > 0 ? [name!.trim()] : []
    }),
  )
  for (const { encoding, ending } of PACKED) {
    const path = `${file}${ending}`
    const found = takes.has(encoding) ? await stat(path).catch(() => null) : null
    if (found) return { path, size: found.size, encoding }
  }
  return null
}

/** An address as it stands when its escapes are none: then no file has that name. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
