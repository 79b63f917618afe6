import { resolve } from 'node:path'
import type { ScanSink } from '../sources/git/index.ts'
import { ApiProblem, type Client } from './client/index.ts'

/** Sends what a scan finds to a server, which never sees the caller's files. */
export function httpSink(client: Client): (repository: string) => Promise<ScanSink> {
  return async (repository) => {
    const key = `scan:${resolve(repository)}`
    const { cursor } = await client.call('cursor.read', { key })
    return {
      cursor,
      append: async (records) => {
        const body = records.map((record) => JSON.stringify(record)).join('\n')
        await client.fetch('/api/evidence', { method: 'POST', headers: { 'content-type': 'application/x-ndjson' }, body })
      },
      retract: async (which, { undo }) => {
        for (const { subject, source, id, kind } of which) {
          await client.call('retract', { what: `${source}/${id}`, kind, subject, undo }).catch((error: unknown) => {
            if (!(error instanceof ApiProblem && error.code === 'evidence.nothing_to_retract')) throw error
          })
        }
      },
      entities: async (folder, drafts) => {
        await client.call('catalog.apply', { folder, drafts, origin: 'inferred' })
      },
      packages: async (subject, told) => {
        await client.call('packages.tell', { repository: subject, ...told })
      },
      wasRead: async (folder) => {
        await client.call('catalog.was_read', { folder })
      },
      people: async (origin, pairs) => {
        await client.call('people.tell', { origin, pairs: pairs.map(([one, other]): [string, string] => [one, other]) })
      },
      saveCursor: async (next) => {
        await client.call('cursor.write', { key, cursor: next })
      },
    }
  }
}
