/**
 * The record without the heading that repeats its title: the page has it already. Further top headings become second
 * ones, because a page has one.
 * @param html as the server rendered and cleaned it
 */
export function withoutTitle(html: string): string {
  return html
    .replace(/^\s*<h1[^>]*>[\s\S]*?<\/h1>/, '')
    .replaceAll(/<h1(?=[\s>])/g, '<h2')
    .replaceAll('</h1>', '</h2>')
}
