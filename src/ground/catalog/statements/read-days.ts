import { formatDay, type Instant } from '../../core/index.ts'
import { instant, sql, type Statement } from '../../store/index.ts'

/** Notes that a folder or repository was read, changed or not: once a day, so that a year of reading leaves 365 small rows. */
export function readNow(folder: string, at: Instant): Statement {
  return sql`insert into folder_read (folder, day, at) values (${folder}, ${formatDay(at)}::date, ${instant(at)}) on conflict do nothing`
}
