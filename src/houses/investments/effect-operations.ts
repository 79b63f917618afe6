import * as z from 'zod'
import { operation, RefSchema, toRef, Refusal } from '../../ground/core/index.ts'
import type { Ground } from '../../ground/index.ts'
import { askInput, readingAsk } from '../../ground/measures/index.ts'
import { effectOfInvestment } from './store/effect-of-investment.ts'
import { effectSince } from './store/effect.ts'
import { EffectView, InvestmentEffect } from './tell/effect-view.ts'

const Text = z.string().trim().min(1).max(400)

const moments = {
  /** Only what happened before this. */
  until: Text.optional(),
  asOf: askInput.asOf,
  zone: askInput.zone,
  /** Weeks looked at on either side. */
  weeks: z.coerce.number().int().min(8).max(104).default(26),
}

export const effectOperations = [
  operation({
    id: 'effect',
    method: 'get',
    path: '/effect',
    scope: 'read',
    keep: true,
    summary:
      'What changed in a measure since a day, held against untouched subjects, its own year before or its own trend, and how far to trust it',
    input: z.object({
      measure: z.string().min(1).max(200),
      subject: askInput.subject,
      where: askInput.where,
      /** The day of the change. */
      at: Text,
      quantile: z.enum(['p50', 'p75', 'p90']).optional(),
      /** Refs to compare with, as a list or with commas; untouched ones beside it when left out, `none` for before and after alone. */
      control: z.union([z.string().trim().max(8_000), z.array(Text).max(50)]).optional(),
      ...moments,
    }),
    output: EffectView,
    run: async ({ measure, at, until, control, weeks, quantile, ...asked }, context: Ground) => {
      const { from, at: last, ...ask } = readingAsk(measure, { ...asked, from: at, at: until })
      return effectSince(
        { ...ask, subject: ask.subject ?? 'namespace:default', at: last, changedAt: from!, weeks, quantile, ...controlsOf(control) },
        context,
      )
    },
  }),
  operation({
    id: 'effect.investment',
    method: 'get',
    path: '/effect/{ref+}',
    scope: 'read',
    keep: true,
    summary:
      'Was an investment worth it: what it was expected to change beside what has changed since it was finished, and how far to trust that',
    input: z.object({ ref: RefSchema, ...moments }),
    output: InvestmentEffect,
    run: async ({ ref, until, weeks, ...asked }, context: Ground) => {
      const { at, asOf, zone } = readingAsk('', { ...asked, at: until })
      return effectOfInvestment(ref, { at, asOf, zone, weeks }, context)
    },
  }),
] as const

function controlsOf(control: string | string[] | undefined): { controls?: string[]; alone?: boolean } {
  const texts = [control ?? []]
    .flat()
    .flatMap((text) => text.split(','))
    .map((text) => text.trim())
    .filter(Boolean)
  if (texts.length === 1 && texts[0]!.toLowerCase() === 'none') return { alone: true }
  const controls = texts.map((text) => {
    if (/^namespace:/i.test(text)) return text.toLowerCase()
    const read = toRef(text, { kind: 'component' })
    if (read.ok) return read.value
    throw new Refusal(read.problems[0]!.code, read.problems[0]!.message, { fix: read.problems[0]!.fix, path: 'control' })
  })
  return controls.length > 0 ? { controls: [...new Set(controls)] } : {}
}
