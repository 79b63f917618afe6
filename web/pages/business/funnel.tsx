import { type Answer, useLoaded } from '../../api/index.ts'
import { useAddress } from '../../app/address.ts'
import { FixLink } from '../../parts/reading.tsx'
import { StepBars } from '../../ui/chart/index.ts'
import { formatCount, formatInterval, formatQuantity, lengthWords, plural } from '../../ui/figure/index.ts'
import { sentence } from '../../ui/text/index.ts'
import { funnelAsk } from './asks.ts'

type Step = Answer<'funnel.read'>['steps'][number]

/** Where people leave, step by step. */
export function FunnelChart({ measure }: { measure: string }) {
  const { search } = useAddress()
  const told = useLoaded(funnelAsk(search, measure))
  if (told.unknown) {
    return (
      <p className="quiet">
        Unknown: {sentence(told.unknown.why)} <FixLink fix={told.unknown.fix} />
      </p>
    )
  }
  const open = told.excluded.find(({ code }) => code === 'still_open')?.count ?? 0
  const erased = told.excluded.find(({ code }) => code === 'erased_person')?.count ?? 0
  const note = [
    `In this order, less than ${lengthWords(told.within)} after the first step; everybody counts once`,
    open ? `${plural(open, 'person', 'people')} left out: they still have time` : '',
    erased ? `${plural(erased, 'record')} gone with people who were erased` : '',
  ]
  return (
    <StepBars
      title={`${told.title}, step by step`}
      note={`${note.filter(Boolean).join('. ')}.`}
      steps={told.steps.map((step) => ({
        key: step.event,
        label: step.event,
        share: step.share ?? 0,
        text: words(step),
        lost: step.lost
          ? `${formatCount(step.lost)} leave here (${formatQuantity(1 - (step.fromBefore ?? 0), 'ratio')} of the step before)`
          : undefined,
        worst: step.event === told.biggestDrop,
      }))}
      twin={{
        heads: ['step', 'people', 'of the first', 'low', 'high', 'of the step before', 'lost here'],
        rows: told.steps.map(({ event, people, share, interval, fromBefore, lost }) => [
          event,
          people,
          written(share),
          written(interval?.low),
          written(interval?.high),
          written(fromBefore) ?? '',
          lost,
        ]),
      }}
    />
  )
}

function words({ people, share, interval }: Step): string {
  const sure = interval ? `, ${formatInterval(interval.low, interval.high, 'ratio')}` : ''
  return `${plural(people, 'person', 'people')} (${written(share) ?? 'unknown'}${sure})`
}

function written(share: number | null | undefined): string | null {
  return share === null || share === undefined ? null : formatQuantity(share, 'ratio')
}
