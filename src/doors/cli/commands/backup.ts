import { Refusal } from '../../../ground/core/index.ts'
import { dataCommand } from '../command.ts'
import { answer } from '../terminal.ts'

export default dataCommand(
  {
    name: 'backup',
    description: 'Writes a whole, consistent copy of the store to a file, while it stays in use.',
    examples: ['throughline backup throughline-2026-11-22.backup'],
    args: { file: { type: 'positional', description: 'Where to write', required: true } },
  },
  async (args, connection) => {
    const { resolve } = await import('node:path')
    const file = resolve(args.file)
    const written = connection.ground ? await connection.ground.store.backup(file) : await fromServer(connection, file)
    answer(
      args.json,
      { file, ...written },
      () =>
        `${file}  ${(written.bytes / 1024 / 1024).toFixed(1)} MB. Keep the secret of this installation with it (THROUGHLINE_SECRET or the file "secret" in the data folder).`,
    )
    return 0
  },
)

/** A server streams its backup; it never writes to a path a caller names. */
async function fromServer(connection: { client: { fetch(path: string): Promise<Response> } }, file: string): Promise<{ bytes: number }> {
  const { createWriteStream } = await import('node:fs')
  const { rename, rm, stat } = await import('node:fs/promises')
  const { Readable } = await import('node:stream')
  const { pipeline } = await import('node:stream/promises')
  const response = await connection.client.fetch('/api/backup')
  if (!response.body) throw new Refusal('backup.empty', 'The server sent no backup.')
  const unfinished = `${file}.part`
  await pipeline(Readable.fromWeb(response.body as never), createWriteStream(unfinished, { mode: 0o600 })).catch(async (error: unknown) => {
    await rm(unfinished, { force: true })
    throw error
  })
  await rename(unfinished, file)
  return { bytes: (await stat(file)).size }
}
