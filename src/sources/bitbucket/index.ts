/** Reads what Bitbucket pushes, Cloud and Data Center. */
export { bitbucketDataCenter } from './data-center/source.ts'
export { bitbucket } from './source.ts'
