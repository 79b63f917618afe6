import { formatQuantity } from '../../../ground/core/index.ts'
import type { OutputOf } from '../../client/index.ts'
import { dataCommand } from '../command.ts'
import { answer, counted, table } from '../terminal.ts'

type Work = OutputOf<'work.week'>

export default dataCommand(
  {
    name: 'work',
    description: 'Tells where work goes: changes and weeks of people by outcome, upkeep, incidents and what is linked to nothing.',
    examples: [
      'throughline work',
      'throughline work --from 2026-09-01 --to 2026-10-01 --bucket week',
      'throughline work --scope example --json',
    ],
    args: {
      scope: { type: 'string', description: 'Namespace to tell about', default: 'default' },
      from: { type: 'string', description: 'Start of the window; the last seven full days when left out' },
      to: { type: 'string', description: 'End of the window' },
      bucket: { type: 'string', description: 'day, week or month: also how it went over time' },
      zone: { type: 'string', description: 'Time zone of days and weeks' },
      at: { type: 'string', description: 'Only what happened by then' },
      'as-of': { type: 'string', description: 'Only what was known by then' },
      records: { type: 'string', description: 'Records listed for each part, with --json', default: '20' },
    },
  },
  async (args, { client }) => {
    const { scope, from, to, bucket, zone, at, records } = args
    const work = await client.ask('work.week', { namespace: scope, from, to, bucket, zone, at, asOf: args['as-of'], records })
    answer(args.json, work, () => text(work))
    return 0
  },
)

function text(work: Work): string {
  if (work.n === 0) return `${work.headline}\nBring in history with "throughline scan <repository>", or choose a longer window (--from).`
  const parts = partsOf(work)
  const rows = parts.map(({ title, part, planned }) => [
    title,
    part.share === null ? '–' : percent(part.share),
    round(part.count),
    part.peopleWeeks === null ? '–' : round(part.peopleWeeks),
    planned === null ? '' : percent(planned),
    part.before === null ? 'none before' : percent(part.before.share),
  ])
  return [
    work.headline,
    `${work.window.from.slice(0, 10)} – ${work.window.to.slice(0, 10)}; before: ${work.before.from.slice(0, 10)} – ${work.before.to.slice(0, 10)}, ${counted(work.before.n, 'change')}`,
    '',
    table(['what for', 'share', 'changes', 'people-weeks', 'planned', 'before'], rows),
    ...(work.plan.why ? ['', `${work.plan.why} ${work.plan.fix ?? ''}`] : []),
    ...work.plan.without.map(({ title, planned }) => `Planned and not worked on: ${title}, ${percent(planned)}.`),
    ...peopleNotes(work),
    ...(work.excluded.length > 0
      ? [`Left out: ${work.excluded.map(({ code, count }) => `${count} ${code.replaceAll('_', ' ')}`).join(', ')}.`]
      : []),
    ...(work.suggestions > 0 ? [`${counted(work.suggestions, 'suggested link')} wait for an answer on the page Evidence.`] : []),
    ...(work.buckets.length > 0 ? ['', overTime(work)] : []),
  ].join('\n')
}

function partsOf(work: Work): { key: string; title: string; part: Work['upkeep']; planned: number | null }[] {
  return [
    ...work.outcomes.map((part) => ({ key: part.ref, title: part.title, part, planned: part.planned })),
    { key: 'upkeep', title: 'Upkeep', part: work.upkeep, planned: null },
    { key: 'incidents', title: 'Incidents', part: work.incidents, planned: null },
    { key: 'unlinked', title: 'Unlinked', part: work.unlinked, planned: null },
  ]
}

/** What is not shown of people, and why. */
function peopleNotes({ people, ...work }: Work): string[] {
  if (people.weeks === null) return [`People-weeks: ${people.why ?? 'not known'}`]
  const hidden = partsOf({ people, ...work }).some(({ part }) => part.peopleWeeks === null)
  return hidden ? ['People-weeks: parts of fewer than five people are not shown, nor what would give them away.'] : []
}

function overTime(work: Work): string {
  const rows = work.buckets.map(({ from, n, parts }) => {
    const count = (which: (key: string) => boolean) => parts.reduce((sum, { key, count: its }) => sum + (which(key) ? its : 0), 0)
    const share = (key: string) => (n === 0 ? '–' : percent(count((one) => one === key) / n))
    return [
      from.slice(0, 10),
      String(n),
      n === 0 ? '–' : percent(count((key) => key.includes(':')) / n),
      share('upkeep'),
      share('incidents'),
      share('unlinked'),
    ]
  })
  return table(['from', 'changes', 'outcomes', 'upkeep', 'incidents', 'unlinked'], rows)
}

function percent(share: number): string {
  return formatQuantity(Math.round(share * 100) / 100, 'ratio')
}

function round(value: number): string {
  return formatQuantity(Math.round(value * 10) / 10, 'count')
}
