import * as z from 'zod'
import { InstantSchema, parseDuration, parseRef } from '../../core/index.ts'

/** Text with at least one visible character. */
export const Words = z
  .string()
  .max(100_000)
  .refine((text) => text.trim() !== '', { error: 'is empty' })

/**
 * A reference as Backstage reads it: `[kind:][namespace/]name`, parts free of `:` and `/`. A name no entity can have
 * is not refused, it is only never found.
 */
export const LooseRefText = z
  .string()
  .min(1)
  .max(400)
  .refine((text) => /^(?:[^:/]+:)?(?:[^:/]+\/)?[^:/]+$/.test(text.trim()), {
    error: 'is not a reference; write [kind:][namespace/]name, for example group:default/payments',
  })

/**
 * A reference in full grammar; a short form is completed with `kind` and the namespace of its document.
 * @param kind assumed where the text leaves it out; without one the text has to say it
 */
export function RefText(kind?: string): z.ZodType<string> {
  return z
    .string()
    .max(400)
    .superRefine((text, context) => {
      const read = parseRef(text, { kind })
      if (!read.ok)
        context.addIssue({ code: 'custom', message: [read.problems[0]!.message, read.problems[0]!.fix].filter(Boolean).join('. ') })
    })
    .meta({ title: kind ? `${kind} ref` : 'ref' })
}

/** A day or moment that exists, kept as written. */
export const DateText = z
  .string()
  .superRefine((text, context) => {
    const read = InstantSchema.safeParse(text)
    if (!read.success) context.addIssue({ code: 'custom', message: read.error.issues[0]!.message })
  })
  .meta({ title: 'day or moment' })

const QUANTITY = 'write a number, a duration such as 36h or 4.1d, or a share such as 12%'
/** A number, a duration (`4.1d`) or a share (`12%`), read in the unit of its measure when it is judged. */
export const QuantityText = z
  .union([z.number(), z.string().regex(/^\s*[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?\s*(?:s|m|h|d|w|%)?\s*$/, QUANTITY)], { error: QUANTITY })
  .meta({ title: 'quantity' })

/** A length of time, kept as written: `90s`, `36h`, `4.1d`, `2w`. */
export const Duration = z
  .string()
  .refine((text) => parseDuration(text).ok, { error: 'is not a duration; write for example 14d' })
  .meta({ title: 'duration' })

/** A registered or pushed measure by its id. */
export const MeasureId = z
  .string()
  .max(200)
  .regex(
    /^[a-z0-9](?:[a-z0-9_./-]*[a-z0-9])?$/i,
    'a measure is named by letters, digits, and inner . _ - or /, for example delivery.change_lead_time',
  )
  .meta({ title: 'measure' })

/** The ref a measure has in links; ids are the same in every namespace. */
export function measureRef(id: string): string {
  return `measure:default/${id.replaceAll('/', '.')}`.toLowerCase()
}

/** What a measure is read for: a reference with its kind, or `namespace:<name>`. */
export const SubjectText = z
  .string()
  .max(400)
  .superRefine((text, context) => {
    if (/^namespace:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i.test(text)) return
    const read = parseRef(text)
    if (!read.ok)
      context.addIssue({ code: 'custom', message: [read.problems[0]!.message, read.problems[0]!.fix].filter(Boolean).join('. ') })
  })
  .meta({ title: 'ref or namespace' })

/** Further typed links any entity may state. */
export const StatedLinks = z.array(z.strictObject({ type: z.string().min(1).max(63), to: z.string().min(1).max(400) })).max(200)
