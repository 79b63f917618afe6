import * as z from 'zod'
import type { AnyOperation } from './route.ts'

type Json = Record<string, unknown>

/** The OpenAPI 3.1 description of all operations: their own schemas, nothing written twice. */
export function openApi(operations: readonly AnyOperation[], version: string): Json {
  const paths: Record<string, Json> = {}
  for (const operation of operations) {
    const path = `/api${operation.path.replaceAll('+}', '}')}`
    paths[path] = { ...paths[path], [operation.method]: describe(operation) }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Throughline', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    paths,
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
      schemas: { Problem: PROBLEM },
    },
    security: [{ token: [] }, {}],
  }
}

const PROBLEM: Json = {
  type: 'object',
  required: ['title', 'status', 'code', 'detail'],
  properties: {
    type: { type: 'string' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string' },
    detail: { type: 'string' },
    fix: { type: 'string' },
  },
}

function describe(operation: AnyOperation): Json {
  const input = schemaOf(operation.input, 'input')
  const properties = (input.properties ?? {}) as Record<string, Json>
  const required = new Set((input.required ?? []) as string[])
  const inPath = [...operation.path.matchAll(/\{(\w+)\+?\}/g)].map((match) => match[1]!)
  const rest = Object.keys(properties).filter((name) => !inPath.includes(name))
  const parameters: Json[] = inPath.map((name) => ({ name, in: 'path', required: true, schema: properties[name] ?? { type: 'string' } }))
  const body: Json = {}
  if (operation.method === 'get') {
    for (const name of rest) parameters.push({ name, in: 'query', required: required.has(name), schema: properties[name] })
  } else if (rest.length > 0) {
    const schema = {
      type: 'object',
      properties: Object.fromEntries(rest.map((name) => [name, properties[name]])),
      required: rest.filter((name) => required.has(name)),
    }
    body.requestBody = { content: { 'application/json': { schema } } }
  }
  return {
    operationId: operation.id,
    tags: [operation.id.split('.')[0]],
    summary: operation.summary,
    description: operation.scope === 'link' ? 'Needs the secret of a share link, and no token.' : `Needs the scope \`${operation.scope}\`.`,
    parameters,
    ...body,
    responses: {
      200: { description: 'Done', content: { 'application/json': { schema: schemaOf(operation.output, 'output') } } },
      default: {
        description: 'Refused, with the reason',
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  }
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io, unrepresentable: 'any', reused: 'inline' }) as Json
  return json
}
