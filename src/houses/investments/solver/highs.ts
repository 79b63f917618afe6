import type { Highs, HighsSolution } from 'highs'
import loadHighs from 'highs'
import type { Solve } from '../decide/portfolio/index.ts'

/** The package's types describe its CommonJS form; as a module its default export is the loader itself. */
const load = loadHighs as unknown as () => Promise<Highs>

/** HiGHS, compiled to WebAssembly (MIT): solves on the thread it was loaded on. */
export async function highsSolver(): Promise<Solve> {
  const highs = await load()
  return (model, within) => {
    const { Status: status, Columns: columns }: HighsSolution = highs.solve(model, {
      output_flag: false,
      mip_rel_gap: within,
      mip_abs_gap: 1e-9,
    })
    if (status === 'Infeasible') return null
    if (status !== 'Optimal') throw new Error(`The solver stopped with "${status}"`)
    return Object.fromEntries(
      Object.entries(columns).map(([name, column]) => [name, 'Primal' in column && typeof column.Primal === 'number' ? column.Primal : 0]),
    )
  }
}
