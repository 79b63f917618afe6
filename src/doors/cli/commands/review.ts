import pc from 'picocolors'
import { Refusal } from '../../../ground/core/index.ts'
import type { Client, OutputOf } from '../../client/index.ts'
import { dataCommand } from '../command.ts'
import { answer, say, table } from '../terminal.ts'

type Review = OutputOf<'review.read'>

const ACTIONS = ['list', 'show', 'agenda', 'start', 'rank', 'reveal', 'agree', 'sign', 'link', 'unlink', 'close']

export default dataCommand(
  {
    name: 'review',
    description:
      'Reviews of the vision: when one is due, what moved since the last, how each side ranks the outcomes alone, what is agreed and what stops for it, who signed. Also takes each step.',
    examples: [
      'throughline review',
      'throughline review start',
      'throughline review agenda',
      'throughline review rank review:default/2026-05-04 --side product --order faster,calmer,cheaper',
      'throughline review link review:default/2026-05-04 --side business --days 7',
      'throughline review agree review:default/2026-05-04 --order calmer,faster,cheaper --stops "calmer=the second booking page"',
      'throughline review sign review:default/2026-05-04 --side product',
      'throughline review close review:default/2026-05-04',
    ],
    args: {
      action: { type: 'positional', description: `${ACTIONS.join(', ')}; list when left out`, required: false },
      ref: { type: 'positional', description: 'The review; for unlink the id of the link', required: false },
      scope: { type: 'string', description: 'A namespace; default when left out' },
      side: { type: 'string', description: 'The side that ranks or signs' },
      order: { type: 'string', description: 'Outcomes with commas between, most important first' },
      stops: { type: 'string', description: 'Work that stops for what rises: outcome=work; several with ;' },
      notes: { type: 'string', description: 'What else was agreed' },
      days: { type: 'string', description: 'How long a link lives; 14 when left out' },
      for: { type: 'string', description: 'Whom a link is for; kept as a pseudonym' },
      unsigned: { type: 'boolean', description: 'Close although a side has not signed', default: false },
      since: { type: 'string', description: 'Start of the agenda; the last review when left out' },
      at: { type: 'string', description: 'Only what happened by then' },
      'as-of': { type: 'string', description: 'Only what was known by then' },
    },
  },
  async ({ action = 'list', ref, ...args }, { client, where }) => {
    const asOf = args['as-of']
    const { json, scope, side, at, since } = args
    const told = (review: Review) => answer(json, review, () => reviewText(review))
    switch (action) {
      case 'list': {
        const listed = await client.ask('review.list', { scope, at, asOf })
        answer(json, listed, () => listText(listed))
        return listed.due?.overdue ? 1 : 0
      }
      case 'agenda': {
        const agenda = await client.ask('review.agenda', { scope, at, asOf, since })
        answer(json, agenda, () =>
          [
            agenda.since ? `Since the review closed on ${agenda.since.slice(0, 10)}:` : 'Before the first review:',
            ...(agenda.items.length === 0 ? ['  Nothing moved, and nothing is bad.'] : agenda.items.map(({ text }) => `  ${text}`)),
          ].join('\n'),
        )
        return 0
      }
      case 'start':
        told(await client.ask('review.start', { scope }))
        return 0
      case 'unlink': {
        const taken = await client.ask('link.revoke', { id: named(ref, 'the id of a link') })
        answer(json, taken, () => `The link ${taken.link.id} opens nothing any more.`)
        return 0
      }
      case 'link': {
        const made = await client.ask('review.link', { ref: named(ref), side, days: args.days, person: args.for })
        answer(json, made, () => `${where.startsWith('http') ? where : ''}${made.path}`)
        say(
          `Whoever has this address ranks and signs for ${made.link.side} until ${made.link.expiresAt?.slice(0, 10)}. It is shown this once.`,
        )
        return 0
      }
      default:
        told(await taken(action, named(ref), args, client))
        return 0
    }
  },
)

/** Takes a step that ends in the review as it then stands. */
async function taken(
  action: string,
  ref: string,
  args: {
    side?: string | undefined
    order?: string | undefined
    stops?: string | undefined
    notes?: string | undefined
    unsigned: boolean
    'as-of'?: string | undefined
  },
  client: Client,
): Promise<Review> {
  const namespace = ref.replace(/^review:/, '').split('/')[0]!
  const order = listOf(args.order, ',').map((name) => outcomeRef(name, namespace))
  switch (action) {
    case 'show':
      return client.ask('review.read', { ref, asOf: args['as-of'] })
    case 'rank':
      return client.ask('review.rank', { ref, side: args.side, ranking: order })
    case 'reveal':
      return client.ask('review.reveal', { ref })
    case 'sign':
      return client.ask('review.sign', { ref, side: args.side })
    case 'close':
      return client.ask('review.close', { ref, unsigned: args.unsigned })
    case 'agree':
      return client.ask('review.agree', { ref, order, priorities: prioritiesOf(args.stops, namespace), notes: args.notes })
    default:
      throw new Refusal('cli.unknown_action', `"review ${action}" is nothing this does.`, { fix: `Say one of ${ACTIONS.join(', ')}.` })
  }
}

function named(ref: string | undefined, what = 'the review'): string {
  if (ref) return ref
  throw new Refusal('cli.missing_argument', `It has to be said which: ${what}.`, { fix: '"throughline review list" shows them.' })
}

function listOf(text: string | undefined, between: string): string[] {
  return (text ?? '').split(between).flatMap((part) => (part.trim() ? [part.trim()] : []))
}

function outcomeRef(name: string, namespace: string): string {
  return name.includes(':') ? name : `outcome:${namespace}/${name}`
}

/** `calmer=the second page; faster=…`: several works of one outcome are one priority. */
function prioritiesOf(stops: string | undefined, namespace: string): { outcome: string; stops: string[] }[] {
  const pairs = listOf(stops, ';').map((pair) => {
    const equals = pair.indexOf('=')
    if (equals < 1)
      throw new Refusal('cli.bad_stops', `"${pair}" does not say for which outcome.`, { fix: 'Write outcome=work, several with ;' })
    return { outcome: outcomeRef(pair.slice(0, equals).trim(), namespace), stops: pair.slice(equals + 1).trim() }
  })
  return [...Map.groupBy(pairs, (pair) => pair.outcome)].map(([outcome, own]) => ({ outcome, stops: own.map((one) => one.stops) }))
}

function listText({ vision, due, reviews }: OutputOf<'review.list'>): string {
  if (!vision) return 'There is no vision to review yet.'
  const when = due
    ? `${due.overdue ? 'Overdue since' : 'Next due on'} ${due.due.slice(0, 10)} (every ${due.every}, with ${due.sides.join(', ')}).`
    : `"${vision.title}" does not say how often it is reviewed: write spec.review.every.`
  const rows = reviews.map((one) => [
    one.ref,
    one.step,
    one.started.slice(0, 10),
    one.agreement ? `W = ${one.agreement.w.toFixed(2)}` : '',
    one.waitsFor.join(', '),
  ])
  return [
    when,
    ...(rows.length > 0 ? [table(['review', 'step', 'started', 'agreement', 'waits for'], rows)] : ['No review was held yet.']),
  ].join('\n')
}

function reviewText(review: Review): string {
  const titles = new Map(review.outcomes.map(({ ref, title }) => [ref, title]))
  const ordered = (refs: readonly string[]) => refs.map((ref, index) => `${index + 1}. ${titles.get(ref) ?? ref}`).join(', ')
  return [
    `${pc.bold(review.title)}  ${review.ref}`,
    review.words,
    ...(review.disagreement ? [review.disagreement] : []),
    ...review.sides.map(
      ({ side, ranked, ranking, signed }) =>
        `  ${side.padEnd(12)} ${ranking ? ordered(ranking) : ranked ? 'has ranked' : 'has not ranked'}${signed ? `; signed ${signed.at.slice(0, 10)}` : ''}`,
    ),
    ...(review.agreed ? [`Agreed: ${ordered(review.agreed)}`] : []),
    ...review.priorities.map(({ outcome, stops }) => `  for ${titles.get(outcome) ?? outcome} stops: ${stops.join(', ')}`),
    ...(review.minutes ? [`Minutes: ${review.minutes}`] : []),
  ].join('\n')
}
