/** The frame of every page. */
export { Page, type PageProps, Section } from './page.tsx'
