import { round } from '../../../ground/core/index.ts'
import type { Rule } from '../intent/index.ts'
import type { Evidence, SloEvidence } from './evidence.ts'
import { fallsBelow, goesBeyond } from './rounding.ts'
import type { Grounds, Judged } from './verdict.ts'

type BudgetRule = Extract<Rule, { rule: 'budget' }>
type BurnRule = Extract<Rule, { rule: 'burn' }>

/** Whether each budget the rule looks at has as much left as it wants. One that falls short decides, whatever else is unknown. */
export function judgeBudget(rule: BudgetRule, { slos }: Evidence): Judged {
  const asked = askedOf(rule, slos)
  const least = percent(rule.atLeast)
  return judgeEach(rule, asked, {
    isKnown: ({ remaining }) => remaining !== null,
    holds: ({ remaining }) => !fallsBelow(remaining!, rule.atLeast),
    told: (slo) => `${slo.title}: ${left(slo)}`,
    wanted: rule.atLeast === 0 ? 'no budget may be overspent' : `at least ${least} of the budget is left`,
    mends: (slo) => `${slo.title}: ${least} of the budget left again (${slo.window})`,
  })
}

/** Whether no budget is spent faster than the rule allows. */
export function judgeBurn(rule: BurnRule, { slos }: Evidence): Judged {
  const asked = askedOf(rule, slos)
  const most = round(rule.atMost, 3)
  return judgeEach(rule, asked, {
    isKnown: ({ burn }) => burn[rule.window] !== undefined && burn[rule.window] !== null,
    holds: ({ burn }) => !goesBeyond(burn[rule.window]!, rule.atMost),
    told: (slo) => `${slo.title} spends its budget ${round(slo.burn[rule.window]!, 2)} times as fast as it lasts (${rule.window})`,
    wanted: `burn over ${rule.window} at most ${most}`,
    mends: (slo) => `${slo.title}: a burn rate over ${rule.window} of at most ${most}`,
  })
}

interface Look {
  isKnown(slo: SloEvidence): boolean
  holds(slo: SloEvidence): boolean
  told(slo: SloEvidence): string
  wanted: string
  mends(slo: SloEvidence): string
}

function askedOf(rule: BudgetRule | BurnRule, slos: readonly SloEvidence[]): readonly SloEvidence[] {
  return rule.slos === null ? slos.filter(({ own }) => own) : slos.filter(({ slo }) => rule.slos!.includes(slo))
}

function judgeEach(rule: BudgetRule | BurnRule, asked: readonly SloEvidence[], look: Look): Judged {
  const evidence = asked.map(groundsOf)
  const step = rule.step ? ` (${rule.step})` : ''
  if (asked.length === 0)
    return {
      state: 'unknown',
      words: rule.slos ? `unknown: none of ${rule.slos.join(', ')} is an SLO of it` : 'unknown: it has no SLO, so it has no budget',
      evidence,
      turnsGreen: 'Declare an SLO for it and send its samples.',
    }
  const known = asked.filter(look.isKnown)
  const broken = known.filter((slo) => !look.holds(slo))
  if (broken.length > 0)
    return {
      state: 'fail',
      words: `${broken.map(look.told).join('; ')}; ${look.wanted}${step}`,
      evidence,
      turnsGreen: broken.map(look.mends).join('; '),
    }
  const dark = asked.filter((slo) => !look.isKnown(slo))
  if (dark.length > 0)
    return {
      state: 'unknown',
      words: dark.map(({ title, unknown }) => `${title} is unknown: ${unknown?.why ?? 'no samples in this window'}`).join('; '),
      evidence,
      turnsGreen: [...new Set(dark.map(({ unknown }) => unknown?.fix ?? 'Send samples of its SLI.'))].join(' '),
    }
  return { state: 'pass', words: known.map(look.told).join('; '), evidence, turnsGreen: null }
}

function left({ remaining, minutesLeft, minutesTotal, window }: SloEvidence): string {
  const minutes = minutesLeft === null || minutesTotal === null ? '' : `, ${round(minutesLeft, 2)} of ${round(minutesTotal, 3)} min`
  if (remaining! >= 0) return `${percent(remaining!)} of the budget left${minutes} (${window})`
  const more =
    minutesLeft === null || minutesTotal === null ? '' : `, ${round(-minutesLeft, 2)} min more than the ${round(minutesTotal, 3)} allowed`
  return `its budget is overspent by ${percent(-remaining!)}${more} (${window})`
}

function groundsOf({ slo, title, window, remaining, minutesLeft, minutesTotal, burn, n }: SloEvidence): Grounds {
  const read = Object.fromEntries(Object.entries(burn).flatMap(([span, value]) => (value === undefined ? [] : [[span, value]])))
  return { kind: 'budget', slo, title, window, remaining, minutesLeft, minutesTotal, burn: read, n }
}

function percent(share: number): string {
  return `${round(share * 100, 3)} %`
}
