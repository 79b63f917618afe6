/** Reading connected systems by ourselves. */
export { LimitReached } from './limits.ts'
export { PACE, type Pace } from './pace.ts'
export type { Finding, Page, PageAsk, Pull, PullState } from './pull.ts'
export { Puller, reaching } from './puller.ts'
export { Pulls } from './pulls.ts'
export { readPulled } from './pulled.ts'
export { shaped } from './shaped.ts'
export type { Remote, RemoteAnswer } from './remote.ts'
