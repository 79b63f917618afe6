/** One truth at the length each audience needs: briefs, the home page, the decision log. */
export { installCommunication } from './install.ts'
export { communicationOperations } from './operations.ts'
export { safeHtml } from './prose/safe-html.ts'
export { type Format, FORMATS, render } from './render/index.ts'
export { type Brief, briefOf } from './store/brief.ts'
export { type Audience, AUDIENCES } from './tell/brief.ts'
