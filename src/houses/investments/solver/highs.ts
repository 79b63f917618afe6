import loadHighs from 'highs'
import type { Solve } from '../decide/portfolio/index.ts'

/** HiGHS, compiled to WebAssembly (MIT): solves on the thread it was loaded on. */
export async function highsSolver(): Promise<Solve> {
  const highs = await loadHighs()
  return (model, within) => {
    const { Status: status, Columns: columns } = highs.solve(model, { output_flag: false, mip_rel_gap: within, mip_abs_gap: 1e-9 })
    if (status === 'Infeasible') return null
    if (status !== 'Optimal') throw new Error(`The solver stopped with "${status}"`)
    return Object.fromEntries(Object.values(columns).map(({ Name: name, Primal: value }) => [name, value ?? 0]))
  }
}
