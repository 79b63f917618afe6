import { Refusal } from '../../../../ground/core/index.ts'
import type { PostAnswer } from '../../../../ground/intake/index.ts'
import type { Sent } from './letter.ts'

/** Statuses that no repetition changes: the address is wrong or gone, the body is not wanted, we may not. */
const FINAL = new Set([400, 401, 403, 404, 405, 406, 410, 413, 415, 422, 501])

/** What an answer to a message means. */
export async function sentBy(who: string, post: () => Promise<PostAnswer>): Promise<Sent> {
  try {
    const { status, text, waitSeconds } = await post()
    if (status >= 200 && status < 300) return { state: 'sent' }
    const said = text.replace(/\s+/g, ' ').trim().slice(0, 200)
    const problem = { code: 'alerts.refused', message: `${who} answered ${status}${said ? `: ${said}` : ''}.` }
    if (waitSeconds !== undefined) return { state: 'failed', ...problem, waitSeconds }
    return FINAL.has(status)
      ? { state: 'gone', ...problem, fix: 'Check the address of the target, then try again.' }
      : { state: 'failed', ...problem }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const { code, message, fix } = error.problem
    return { state: error.status >= 500 ? 'failed' : 'gone', code, message, ...(fix ? { fix } : {}) }
  }
}
