import rehypeSanitize, { defaultSchema } from 'rehype-sanitize'
import rehypeStringify from 'rehype-stringify'
import remarkFrontmatter from 'remark-frontmatter'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import remarkRehype from 'remark-rehype'
import { unified } from 'unified'

/** GitHub's own list, without pictures: a record must not make the reader's browser call anybody. */
const schema = {
  ...defaultSchema,
  tagNames: (defaultSchema.tagNames ?? []).filter((tag) => !['img', 'picture', 'source', 'input'].includes(tag)),
  clobberPrefix: 'record-',
}

const pipeline = unified()
  .use(remarkParse)
  .use(remarkFrontmatter, ['yaml', 'toml'])
  .use(remarkGfm)
  .use(remarkRehype)
  .use(rehypeSanitize, schema)
  .use(rehypeStringify)

/** Longest Markdown that is rendered; a record is prose, not a dump. */
const LONGEST = 400_000

/** Markdown as HTML that is safe to show: raw HTML, scripts, pictures, styles and odd link protocols are gone. */
export async function safeHtml(markdown: string): Promise<string> {
  const text = markdown.length > LONGEST ? `${markdown.slice(0, LONGEST)}\n\n*(cut)*` : markdown
  return String(await pipeline.process(text))
}
