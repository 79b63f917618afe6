import { formatInstant, formatQuantity, formatWindow, inWindow, type ReadingAsk } from '../../../../ground/core/index.ts'
import type { Ground } from '../../../../ground/index.ts'
import { ascending, quantile, resolveAsk } from '../../../../ground/measures/index.ts'
import { type Flow, FLOW_STAGES, flowOf, type FlowStage } from '../../assess/index.ts'
import { type FlowView, STAGE_WORDS } from '../../tell/flow-view.ts'
import { environmentOf } from '../base.ts'
import { countsFor, flowItems } from './flows.ts'
import { NO_ITEMS } from './reasons.ts'

/** Items named of what is under way. */
const OLDEST = 200
/** Ages people tell apart, in days. */
const AGES = [0, 1, 3, 7, 14, 28, 91]

/** The way of work items of a subject: where the time of those delivered went, and what is under way. */
export async function flowOverview(ask: Omit<ReadingAsk, 'measure'>, ground: Ground): Promise<FlowView> {
  const { subject, where, window, at, asOf } = resolveAsk({ measure: 'work.flow', ...ask }, await ground.catalog.present())
  const { to } = window
  const shares = await ground.catalog.shares(subject, asOf)
  const items = await ground.ledger.readAsOf(asOf, (then) =>
    flowItems(ground, { shares, environment: environmentOf({ where }), at, asOf: then }),
  )
  const own = items.filter((one) => countsFor(one, shares)).map(({ item }) => item)
  const flows = own.map((item) => flowOf(item, at))
  const delivered = flows.filter(({ deliveredAt, excluded }) => deliveredAt !== null && excluded === null && inWindow(window, deliveredAt))
  const then = Math.min(to, at)
  const present = then === at ? flows : own.filter(({ createdAt }) => createdAt < then).map((item) => flowOf(item, then))
  const stages = stagesOf(delivered)
  const wait = stages.filter(({ waits }) => waits).sort((a, b) => b.share - a.share)[0]
  return {
    subject,
    window: formatWindow(window),
    asOf: formatInstant(asOf),
    items: own.length,
    delivered: { n: delivered.length, medianSeconds: median(delivered.map(({ seconds }) => seconds)) },
    stages,
    biggestWait: wait
      ? {
          stage: wait.stage,
          sentence: `The biggest wait is ${wait.title
            .replace(/^Waiting/, 'waiting')
            .replace(/^Between/, 'between')
            .replace(
              /^Done/,
              'being done',
            )}: ${percent(wait.share)} of the time, half of the items up to ${formatQuantity(wait.medianSeconds ?? 0, 's')}.`,
        }
      : null,
    inProgress: underWay(present, then),
    ideas: present.filter(({ stage }) => stage === 'waiting_to_start').length,
    ...(own.length === 0 ? { unknown: NO_ITEMS } : {}),
  }
}

/** Shares of the time whose stage is known; an item that never was in a stage counts as no time in it. */
function stagesOf(flows: readonly Flow[]): FlowView['stages'] {
  const seconds = new Map<FlowStage, number[]>()
  for (const { parts } of flows)
    for (const stage of FLOW_STAGES) {
      const spent = parts[stage]
      if (typeof spent === 'number') seconds.set(stage, [...(seconds.get(stage) ?? []), spent])
    }
  const total = sum([...seconds.values()].flat())
  return FLOW_STAGES.flatMap((stage) => {
    const spent = seconds.get(stage) ?? []
    if (spent.length === 0 || total === 0) return []
    return [{ stage, ...STAGE_WORDS[stage], share: sum(spent) / total, medianSeconds: median(spent), n: spent.length }]
  })
}

function underWay(flows: readonly Flow[], then: number): FlowView['inProgress'] {
  const open = flows
    .flatMap((flow) => (flow.underWay && flow.stage !== null ? [{ flow, stage: flow.stage, age: (then - flow.begunAt!) / 1000 }] : []))
    .sort((a, b) => b.age - a.age)
  const titled = (stage: Flow['stage']) => (stage === null || stage === 'not_known' ? 'Stage not known' : STAGE_WORDS[stage].title)
  const order = [...FLOW_STAGES, 'not_known' as const]
  return {
    n: open.length,
    stages: order.flatMap((stage) => {
      const here = open.filter((one) => one.stage === stage)
      return here.length === 0
        ? []
        : [{ stage, title: titled(stage), n: here.length, medianAgeSeconds: median(here.map(({ age }) => age))! }]
    }),
    ages: AGES.map((days, index) => {
      const [from, to] = [days * 86_400, AGES[index + 1] === undefined ? null : AGES[index + 1]! * 86_400]
      return { from, to, count: open.filter(({ age }) => age >= from && (to === null || age < to)).length }
    }),
    oldest: open.slice(0, OLDEST).map(({ flow, stage, age }) => ({
      id: flow.item.id,
      subject: flow.item.subject,
      title: flow.item.title,
      stage,
      stageTitle: titled(stage),
      ageSeconds: age,
      flags: [...flow.flags],
    })),
  }
}

function median(values: readonly number[]): number | null {
  return quantile(ascending(values), 0.5)
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

function percent(share: number): string {
  return formatQuantity(Math.round(share * 100) / 100, 'ratio')
}
