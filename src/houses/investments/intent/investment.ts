import {
  type EntityDraft,
  type EntityKind,
  expectationLinks,
  expectationProblems,
  measureRef,
  type StatedLink,
} from '../../../ground/catalog/index.ts'
import { parseInstant, type Problem, type Unit } from '../../../ground/core/index.ts'
import { changeOf } from './change.ts'
import { InvestmentSpec } from './spec.ts'
import { amongInvestments } from './standing.ts'

/**
 * The kind, checked as far as units are known.
 * @param unitOf unit of a measure by its id; null where it is not known while files are read
 */
export function investmentKind(unitOf: (measure: string) => Unit | null): EntityKind {
  return {
    kind: 'Investment',
    apiVersions: ['throughline.dev/v1'],
    spec: InvestmentSpec,
    links: investmentLinks,
    check: (draft) => {
      const read = InvestmentSpec.safeParse(draft.spec)
      return read.success
        ? [
            ...effectProblems(read.data, unitOf),
            ...dateProblems(read.data),
            ...holes(read.data),
            ...expectationProblems(draft.spec, read.data.start),
          ]
        : []
    },
    against: amongInvestments,
  }
}

function investmentLinks(spec: EntityDraft['spec']): StatedLink[] {
  const read = InvestmentSpec.safeParse(spec)
  if (!read.success) return []
  const { serves, effects, dependsOn, excludes, owner } = read.data
  return [
    ...serves.map((to, index) => ({ type: 'serves', to, kind: 'outcome', path: `spec.serves.${index}` })),
    ...effects.flatMap(({ measure, subject }, index) => [
      { type: 'measuredBy', to: measureRef(measure), path: `spec.effects.${index}.measure` },
      ...(subject && !subject.toLowerCase().startsWith('namespace:')
        ? [{ type: 'affects', to: subject, kind: 'component', path: `spec.effects.${index}.subject` }]
        : []),
    ]),
    ...dependsOn.map((to, index) => ({ type: 'dependsOn', to, kind: 'investment', path: `spec.dependsOn.${index}` })),
    ...excludes.map((to, index) => ({ type: 'excludes', to, kind: 'investment', path: `spec.excludes.${index}` })),
    ...expectationLinks(spec),
    ...(owner ? [{ type: 'ownedBy', to: owner, kind: 'group', path: 'spec.owner' }] : []),
  ]
}

function effectProblems({ effects }: InvestmentSpec, unitOf: (measure: string) => Unit | null): Problem[] {
  return effects.flatMap((effect, index): Problem[] => {
    const read = changeOf(effect, unitOf(effect.measure))
    if (read.ok) return []
    return read.problems.map((problem) => {
      const unit = problem.code.startsWith('quantity.')
      return {
        ...problem,
        ...(unit
          ? { code: 'investment.other_unit', message: `The effect is not in the unit of ${effect.measure}: ${problem.message}` }
          : {}),
        severity: 'error',
        path: `spec.effects.${index}.p50`,
      }
    })
  })
}

function dateProblems({ start, end, effects }: InvestmentSpec): Problem[] {
  const [from, to] = [moment(start), moment(end)]
  const crossed = (message: string, path: string): Problem => ({
    code: 'investment.dates_cross',
    severity: 'error',
    message,
    fix: 'Check the two dates.',
    path,
  })
  return [
    ...(from !== null && to !== null && to < from ? [crossed(`It ends on ${end}, before it starts on ${start}`, 'spec.end')] : []),
    ...effects.flatMap(({ by }, index) => {
      const due = moment(by)
      if (due === null || from === null || due > from) return []
      return [crossed(`The effect is expected by ${by}, not after the start on ${start}`, `spec.effects.${index}.by`)]
    }),
  ]
}

/** What is missing to decide on it or to learn from it: said as warnings, so that an idea can be kept while it grows. */
function holes({ status, serves, effects, cost, end }: InvestmentSpec): Problem[] {
  const warn = (code: string, message: string, fix: string, path: string): Problem => ({ code, severity: 'warning', message, fix, path })
  const over = status === 'done' || status === 'stopped'
  return [
    ...(serves.length > 0
      ? []
      : [warn('investment.serves_nothing', 'The investment serves no outcome', 'Name at least one (spec.serves).', 'spec.serves')]),
    ...(effects.length > 0
      ? []
      : [
          warn(
            'investment.no_effect',
            'Nothing says what it should change, so nobody can tell whether it was worth it',
            'Say which measure changes, how far (P10, P50, P90) and by when (spec.effects).',
            'spec.effects',
          ),
        ]),
    ...(cost || over
      ? []
      : [
          warn(
            'investment.no_cost',
            'The investment has no cost, so it cannot be weighed',
            'Say what it takes: people-weeks, money or both (spec.cost).',
            'spec.cost',
          ),
        ]),
    ...(status === 'done' && !end
      ? [
          warn(
            'investment.no_end',
            'It is done, but no day says since when',
            'Write spec.end: its effect is measured from there.',
            'spec.end',
          ),
        ]
      : []),
  ]
}

function moment(text: string | undefined): number | null {
  if (text === undefined) return null
  const read = parseInstant(text)
  return read.ok ? read.value : null
}
