import pc from 'picocolors'
import type { OutputOf } from '../../client/index.ts'
import { dataCommand } from '../command.ts'
import { DEFAULT_NAMESPACE } from '../../../ground/core/index.ts'
import { refNamed } from '../names.ts'
import { answer, counted } from '../terminal.ts'

type Gaps = OutputOf<'health.gaps'>
type Service = OutputOf<'telemetry.service'>

/** Lines of each list before the rest is counted. */
const NAMED = 20

export default dataCommand(
  {
    name: 'telemetry',
    description:
      'Tells which services do not reveal their health, those that most depends on first; or what one service did, whom it calls and what its logs complain of.',
    examples: [
      'throughline telemetry',
      'throughline telemetry checkout --hours 2',
      'throughline telemetry --trace-link "https://tempo.example.org/trace/{traceId}"',
    ],
    args: {
      service: { type: 'positional', description: 'A component, by name or ref', required: false },
      scope: { type: 'string', description: 'Only services of this namespace; of a service named without one, its own' },
      days: { type: 'string', description: 'Without a service: look back so many days', default: '7' },
      hours: { type: 'string', description: 'With a service: look back so many hours', default: '24' },
      at: { type: 'string', description: 'Only what happened by then' },
      'trace-link': { type: 'string', description: 'Where traces are looked at, with {traceId} where the id goes; "none" forgets it' },
    },
  },
  async (args, { client }) => {
    const { service, scope, days, hours, at, 'trace-link': link } = args
    if (link !== undefined) {
      const set = await client.ask('telemetry.set_trace_link', { link: link === 'none' ? null : link })
      answer(args.json, set, () => (set.link === null ? 'Traces are not linked any more.' : `Traces are linked to ${set.link}`))
      return 0
    }
    if (service !== undefined) {
      const told = await client.ask('telemetry.service', { service: refNamed('component', service, scope ?? DEFAULT_NAMESPACE), hours, at })
      answer(args.json, told, () => serviceText(told))
      return told.reveals.lastAt === null ? 1 : 0
    }
    const gaps = await client.ask('health.gaps', { scope, days, at })
    answer(args.json, gaps, () => gapsText(gaps))
    return gaps.whole === gaps.services.length ? 0 : 1
  },
)

function gapsText({ services, whole }: Gaps): string {
  if (services.length === 0) return 'No service is known: declare components, or let one send telemetry (OTEL_EXPORTER_OTLP_ENDPOINT).'
  const hiding = services.filter(({ missing }) => missing.length > 0)
  return [
    `${whole} of ${counted(services.length, 'service')} ${whole === 1 ? 'reveals' : 'reveal'} all of their health.`,
    ...hiding
      .slice(0, NAMED)
      .flatMap(({ ref, dependents, missing, declared }) => [
        `\n${pc.bold(ref)}${declared ? '' : ' (not declared)'} ${pc.dim(dependents === 0 ? 'nothing depends on it' : dependents === 1 ? '1 other depends on it' : `${dependents} others depend on it`)}`,
        ...missing.map(({ code, fix }) => `  no ${code === 'slo' ? 'SLO' : code.replace('_', ' ')}: ${fix}`),
      ]),
    ...(hiding.length > NAMED ? [`\nand ${counted(hiding.length - NAMED, 'more service')}`] : []),
  ].join('\n')
}

function serviceText({ service, operations, calls, patterns, reveals, window, bucketWidth }: Service): string {
  if (reveals.lastAt === null) return `${service} sent nothing between ${window.from} and ${window.to}.`
  const rest = (all: number) => (all > NAMED ? [pc.dim(`  and ${all - NAMED} more`)] : [])
  return [
    pc.bold(service) + pc.dim(` ${window.from} to ${window.to}; durations to ${(bucketWidth * 100).toFixed(1)} %`),
    ...operations
      .slice(0, NAMED)
      .map(
        ({ operation, kind, calls: all, errors, p95Ms }) =>
          `  ${operation} ${pc.dim(kind)}  ${counted(all, 'call')}, ${errors} failed, 95 % within ${milliseconds(p95Ms)}`,
      ),
    ...rest(operations.length),
    ...calls.map(({ caller, callee, calls: all, errors }) => `  ${caller} → ${callee}  ${counted(all, 'call')}, ${errors} failed`),
    ...patterns.slice(0, NAMED).map(({ template, severity, lines }) => `  ${severity}: ${template}  ${counted(lines, 'line')}`),
    ...rest(patterns.length),
  ].join('\n')
}

function milliseconds(value: number | null): string {
  return value === null ? 'unknown' : `${Number(value.toPrecision(2)).toLocaleString('en-GB')} ms`
}
