import * as z from 'zod'
import { type Ref, toRef } from '../../core/index.ts'
import { refFrom } from './payload.ts'
import { listOf } from './source.ts'

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

/** The name may have equals signs in it; a reference has none. */
function pairOf(entry: string): { name: string; subject: Ref } | null {
  const equals = entry.lastIndexOf('=')
  const subject = toRef(entry.slice(equals + 1).trim())
  const name = entry.slice(0, Math.max(0, equals)).trim().toLowerCase()
  return name && subject.ok ? { name, subject: subject.value } : null
}
