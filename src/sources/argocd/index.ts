/** Reads what Argo CD notifications push. */
export { argocd } from './source.ts'
