/** Reads what GitLab pushes. */
export { gitlab } from './source.ts'
