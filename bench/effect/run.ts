/**
 * How often an effect that was planted is found and lies in its interval, how often nothing is called an effect, and how
 * often checks where nothing was done object. Seeded draws. `node bench/effect/run.ts [draws]`
 */
import { drawOf, type Truth } from '../../src/houses/investments/effect-truth.test-data.ts'
import { estimateEffect, placebosOf } from '../../src/houses/investments/assess/effect/index.ts'
import { checksOf } from '../../src/houses/investments/decide/effect.ts'

const DRAWS = Number(process.argv[2] ?? 1_000)
/** Checks cost ten times what the answer costs. */
const CHECKED = Math.min(DRAWS, 300)

const CASES: (Truth & { name: string })[] = [
  ...[0, 3, 5, 8, 12].map((controls) => ({ name: 'nothing', effect: 0, controls })),
  ...[3, 5, 8, 12].map((controls) => ({ name: 'a fifth more', effect: 0.2, controls })),
  ...[0, 3, 5, 8, 12].map((controls) => ({ name: 'a fifth less', effect: -0.2, controls })),
  { name: 'a tenth less', effect: -0.1, controls: 8 },
  { name: 'half less, before and after alone', effect: -0.5, controls: 0 },
  { name: 'nothing, everybody 50 % more', effect: 0, controls: 8, shock: 0.5 },
  { name: 'a fifth less, everybody 50 % more', effect: -0.2, controls: 8, shock: 0.5 },
  { name: 'nothing, no memory', effect: 0, controls: 8, memory: 0 },
  { name: 'nothing, memory 0.6', effect: 0, controls: 8, memory: 0.6 },
  { name: 'nothing, memory 0.8', effect: 0, controls: 8, memory: 0.8 },
  { name: 'nothing, own memory 0.6, theirs 0.3', effect: 0, controls: 8, ownMemory: 0.6 },
  { name: 'nothing, a quarter of the weeks missing', effect: 0, controls: 8, gaps: 0.25 },
  { name: 'nothing, 8 weeks before, 4 after', effect: 0, controls: 5, weeks: { before: 8, after: 4 } },
  { name: 'nothing, 12 weeks before, 8 after', effect: 0, controls: 5, weeks: { before: 12, after: 8 } },
  { name: 'nothing, each wanders by 3 % a week', effect: 0, controls: 8, walk: 0.03 },
]

for (const { name, ...truth } of CASES) {
  const started = performance.now()
  const count = { holds: 0, called: 0, width: 0, objects: 0, checked: 0 }
  for (let draw = 0; draw < DRAWS; draw++) {
    const estimate = estimateEffect(drawOf(`bench ${draw}`, truth))
    if (!('step' in estimate)) continue
    const [low, high] = [estimate.low!, estimate.high!]
    if (low <= truth.effect && truth.effect <= high) count.holds++
    if (low > 0 || high < 0) count.called++
    count.width += (high - low) / 2
    if (draw >= CHECKED) continue
    count.checked++
    if (checksOf(placebosOf(estimate)).passed === false) count.objects++
  }
  const share = (hits: number, of = DRAWS) => `${((100 * hits) / of).toFixed(1)} %`.padStart(7)
  console.log(
    `${name.padEnd(42)} ${String(truth.controls).padStart(2)} controls  holds ${share(count.holds)}  called ${share(count.called)}  ±${share(count.width)}  checks object ${share(count.objects, count.checked)}  ${Math.round(performance.now() - started)} ms`,
  )
}
