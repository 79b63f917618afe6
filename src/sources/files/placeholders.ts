import { posix } from 'node:path'
import type { EntityDraft } from '../../ground/catalog/index.ts'
import type { Problem, Result } from '../../ground/core/index.ts'
import { ok, refuse } from '../../ground/core/index.ts'
import { readBytes } from './bytes.ts'
import { isMap } from './fields.ts'
import type { Limits } from './limits.ts'
import { resolveInside } from './safe-path.ts'
import { decodeText } from './text.ts'
import type { Visit } from './visit.ts'
import { readYaml } from './yaml/read.ts'

const PLACEHOLDERS = new Set(['$text', '$json', '$yaml', '$openapi', '$asyncapi'])

/** A remark on one place inside a draft; whoever knows the file adds line and column. */
export type PathProblem = Problem & { path: string }

/**
 * Puts the content of files where a document says `$text: path`, `$json: path` or `$yaml: path`, as Backstage does
 * (backstage.io/docs/features/software-catalog/descriptor-format#substitutions-in-the-descriptor-format). Only files
 * inside the folder are read; a remote or missing one leaves the placeholder as it was, with a warning.
 */
export async function fillPlaceholders(draft: EntityDraft & { file: string }, visit: Visit): Promise<PathProblem[]> {
  const problems: PathProblem[] = []
  const fill = async (value: unknown, path: string): Promise<unknown> => {
    if (Array.isArray(value)) {
      for (let index = 0; index < value.length; index += 1) value[index] = await fill(value[index], `${path}.${index}`)
      return value
    }
    if (!isMap(value)) return value
    const keys = Object.keys(value)
    const [key] = keys
    if (keys.length === 1 && key !== undefined && PLACEHOLDERS.has(key)) {
      const target = value[key]
      if (typeof target !== 'string') return value
      const read = await readTarget(key, target, draft.file, visit)
      if (read.ok) return read.value
      problems.push(...read.problems.map((problem) => ({ ...problem, path: `${path}.${key}` })))
      return value
    }
    for (const inner of keys) value[inner] = await fill(value[inner], path ? `${path}.${inner}` : inner)
    return value
  }
  await fill(draft.metadata, 'metadata')
  await fill(draft.spec, 'spec')
  return problems
}

/** Files of the folder that a document brings in, whether they are there or not. */
export function placeholderTargets(value: unknown, file: string): string[] {
  if (Array.isArray(value)) return value.flatMap((item) => placeholderTargets(item, file))
  if (!isMap(value)) return []
  return Object.entries(value).flatMap(([key, inner]) =>
    PLACEHOLDERS.has(key) && typeof inner === 'string' ? [posix.join(posix.dirname(file), inner)] : placeholderTargets(inner, file),
  )
}

async function readTarget(placeholder: string, written: string, file: string, { root, limits, budget }: Visit): Promise<Result<unknown>> {
  const found = await resolveInside(root, file, written)
  if (!found.ok) return found
  const target = found.value
  if (target.kind === 'remote')
    return refuse('files.remote_not_followed', `${placeholder} points to the network, which is not followed`, {
      severity: 'warning',
      fix: 'Put a copy into the folder and point to that.',
    })
  if (target.kind === 'missing')
    return refuse('files.missing_target', `${placeholder} points to ${target.path}, which is not there`, {
      severity: 'warning',
      fix: 'Check the path; it is relative to this file.',
    })
  const bytes = await readBytes(target.absolute, Math.min(limits.fileBytes, budget.bytes))
  const text = bytes.ok ? decodeText(bytes.value) : bytes
  if (!text.ok) return about(text, target.path)
  budget.bytes -= text.value.length
  if (placeholder === '$json') return about(parseJson(text.value), target.path)
  if (placeholder === '$yaml') return about(parseOneYaml(text.value, limits), target.path)
  return text
}

/** The mistake is in another file than the placeholder: says which. */
function about<T>(result: Result<T>, file: string): Result<T> {
  if (result.ok) return result
  return {
    ok: false,
    problems: result.problems.map(({ line, column, ...problem }) => ({
      ...problem,
      message: `${file}${line ? `:${line}${column ? `:${column}` : ''}` : ''}: ${problem.message}`,
    })),
  }
}

function parseJson(text: string): Result<unknown> {
  try {
    return ok(JSON.parse(text, (key, value: unknown) => (key === '__proto__' ? undefined : value)))
  } catch {
    return refuse('files.grammar', 'This is not JSON', { fix: 'Correct the file, or bring it in with $text.' })
  }
}

function parseOneYaml(text: string, limits: Limits): Result<unknown> {
  const { documents } = readYaml(text, limits)
  const problems = documents.flatMap((document) => document.problems).filter((problem) => problem.severity === 'error')
  if (problems.length > 0) return { ok: false, problems: problems.slice(0, 1) }
  return documents.length === 1
    ? ok(documents[0]!.value)
    : refuse('files.grammar', `One document is wanted, the file holds ${documents.length}`, {
        fix: 'Keep one document in it, or bring it in with $text.',
      })
}
