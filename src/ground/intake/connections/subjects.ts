import * as z from 'zod'
import { type Ref, toRef } from '../../core/index.ts'
import { refFrom } from './foreign-name.ts'
import { listOf } from './lists.ts'

/** A setting that says what names on the other side stand for here: `Checkout API=component:default/checkout`. */
export const SubjectList = listOf(
  z
    .string()
    .max(400)
    .refine((entry) => pairOf(entry) !== null, 'is not name=reference, for example Checkout API=component:default/checkout'),
)

/** What a foreign name stands for: what the settings say, otherwise the component of that name. */
export function subjectNamed(name: string, subjects: readonly string[]): Ref {
  return subjectStated(name, subjects) ?? refFrom('component', name)
}

/** What the settings say a foreign name stands for. */
export function subjectStated(name: string, subjects: readonly string[]): Ref | undefined {
  const wanted = name.trim().toLowerCase()
  return subjects.map(pairOf).find((pair) => pair?.name === wanted)?.subject
}

/**
 * Subjects that names stood for and do not stand for any more, between two values of such a setting; null where a value is
 * something else than pairs of names and references.
 */
export function subjectsOf(before: unknown, after: unknown): Ref[] | null {
  const [was, is] = [before, after].map(pairsOf)
  if (!was || !is) return null
  const names = new Set([...was, ...is].map((entry) => pairOf(entry)!.name))
  return [...names].flatMap((name) => (subjectNamed(name, was) === subjectNamed(name, is) ? [] : [subjectNamed(name, was)]))
}

function pairsOf(value: unknown): string[] | null {
  const entries = value === undefined ? [] : Array.isArray(value) ? (value as unknown[]) : null
  return entries?.every((entry): entry is string => typeof entry === 'string' && pairOf(entry) !== null) ? entries : null
}

/** The name may have equals signs in it; a reference has none. */
function pairOf(entry: string): { name: string; subject: Ref } | null {
  const equals = entry.lastIndexOf('=')
  const subject = toRef(entry.slice(equals + 1).trim())
  const name = entry.slice(0, Math.max(0, equals)).trim().toLowerCase()
  return name && subject.ok ? { name, subject: subject.value } : null
}
