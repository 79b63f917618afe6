import { Document, Scalar, visit } from 'yaml'

/**
 * Entities as a YAML stream that `apply` reads back as the same entities. Texts stand in literal blocks; those with blanks
 * at the end or beginning of a line in quotes on one line, as JSON has them, since the writer loses some of these otherwise.
 */
export function entitiesAsYaml(entities: readonly Record<string, unknown>[]): string {
  return entities.map(({ relations: _computed, ...entity }) => documentOf(entity)).join('---\n')
}

function documentOf(entity: Record<string, unknown>): string {
  const document = new Document(entity, { version: '1.2', schema: 'core', aliasDuplicateObjects: false })
  visit(document, {
    Scalar(_, node) {
      if (typeof node.value === 'string' && /^\s|[ \t](?:\n|$)/.test(node.value)) node.type = Scalar.QUOTE_DOUBLE
    },
  })
  return document.toString({ blockQuote: 'literal', lineWidth: 0, doubleQuotedAsJSON: true })
}
