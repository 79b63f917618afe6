import { constants } from 'node:fs'
import { copyFile, mkdir, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'

const WAL = 'pg_wal'
/** Belong to the running database, not to its data. Temporary tables are files named t<number>_<number>. */
const NOT_DATA = /^(postmaster\.pid|postmaster\.opts|pgsql_tmp.*|t\d+_\d+.*)$/

/**
 * Copies the data files of a database in use. The write-ahead log is copied last, while `still` keeps the database from
 * writing: recovery then repairs what was torn or moved on while the rest was copied, exactly as after a crash and as in
 * PostgreSQL's own base backups (docs, "Making a Base Backup Using the Low Level API"). Needs a checkpoint before, and
 * none until it is done.
 */
export async function copyDataFiles(from: string, to: string, still: (work: () => Promise<void>) => Promise<void>): Promise<void> {
  await rm(to, { recursive: true, force: true })
  await copyFolder(from, to, (name) => name !== WAL && !NOT_DATA.test(name))
  await still(() => copyFolder(join(from, WAL), join(to, WAL), () => true))
}

async function copyFolder(from: string, to: string, wanted: (name: string) => boolean): Promise<void> {
  await mkdir(to, { mode: 0o700 })
  for (const entry of await readdir(from, { withFileTypes: true })) {
    if (!wanted(entry.name)) continue
    const [source, target] = [join(from, entry.name), join(to, entry.name)]
    if (entry.isDirectory()) await copyFolder(source, target, wanted)
    else await copyFile(source, target, constants.COPYFILE_FICLONE).catch(unlessGone)
  }
}

/** A table dropped meanwhile: recovery drops it, too. */
function unlessGone(error: unknown): void {
  if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
}
