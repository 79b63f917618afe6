import classes from './chart.module.css'

const WIDTH = 120
const HEIGHT = 32
const EDGE = 4

/** The last readings in one stroke; gaps where unknown. Starts at zero, so that a small wobble looks small. */
export function Sparkline({
  values,
  label,
  target,
}: {
  values: readonly (number | null)[]
  label: string
  target?: number | null | undefined
}) {
  const top = Math.max(...values.map((value) => value ?? 0), target ?? 0) || 1
  const x = (index: number) => EDGE + (index / Math.max(1, values.length - 1)) * (WIDTH - 2 * EDGE)
  const y = (value: number) => HEIGHT - EDGE - (value / top) * (HEIGHT - 2 * EDGE)
  const last = values.findLastIndex((value) => value !== null)
  return (
    <svg className={classes.spark} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width={WIDTH} height={HEIGHT} role="img" aria-label={label}>
      {typeof target === 'number' && <line x1={0} x2={WIDTH} y1={y(target)} y2={y(target)} className={classes.sparkTarget} />}
      {strokes(values).map((stroke) => (
        <polyline
          key={stroke[0]}
          className={classes.sparkLine}
          points={stroke.map((index) => `${x(index)},${y(values[index] ?? 0)}`).join(' ')}
        />
      ))}
      {last >= 0 && <circle cx={x(last)} cy={y(values[last] ?? 0)} r={2.6} className={classes.sparkDot} />}
    </svg>
  )
}

/** Runs of neighbouring known values, as indexes. */
function strokes(values: readonly (number | null)[]): number[][] {
  const runs: number[][] = []
  values.forEach((value, index) => {
    if (value === null) return
    const open = runs.at(-1)
    if (open && open.at(-1) === index - 1) open.push(index)
    else runs.push([index])
  })
  return runs
}
