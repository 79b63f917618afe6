/** Reads what Bitbucket Cloud pushes. */
export { bitbucket } from './source.ts'
