import { isMap } from '../fields.ts'
import { apiOf, countOf, mapAt } from './api.ts'
import { fieldSign, type Portal } from './portal.ts'

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query'] as const

/** OpenAPI 2.0 (Swagger), 3.0 and later, as YAML or JSON. */
export const openApi: Portal = {
  title: 'OpenAPI',
  files: /\.(?:ya?ml|json)$/i,
  sign: fieldSign(['openapi', 'swagger'], '["\']?[23]\\b'),
  fits: ({ openapi, swagger, info }) => isMap(info) && (/^3(?:\.\d+){0,2}\b/.test(String(openapi)) || /^2(?:\.0)?$/.test(String(swagger))),
  definition: true,
  read: (stated, file) => {
    const { paths, components, definitions, webhooks, openapi, swagger } = stated.value
    return apiOf(stated, file, {
      type: 'openapi',
      format: `OpenAPI ${typeof openapi === 'string' || typeof openapi === 'number' ? openapi : String(swagger)}`,
      body: ['openapi', 'swagger', 'paths', 'components', 'definitions', 'webhooks', 'parameters', 'responses'],
      ...operationsOf(paths),
      counts: {
        operations: operationsOf(paths).operations.length,
        schemas: countOf(mapAt(components, 'schemas')) + countOf(definitions),
        ...(countOf(webhooks) > 0 ? { webhooks: countOf(webhooks) } : {}),
      },
    })
  },
}

function operationsOf(paths: unknown): { operations: string[] } {
  if (!isMap(paths)) return { operations: [] }
  const operations = Object.entries(paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = isMap(item) && Object.hasOwn(item, method) ? item[method] : undefined
      if (!isMap(operation)) return []
      const summary = typeof operation.summary === 'string' && operation.summary.trim() !== '' ? ` – ${operation.summary}` : ''
      return [`${method.toUpperCase()} ${path}${summary}${operation.deprecated === true ? ' (deprecated)' : ''}`]
    }),
  )
  return { operations }
}
