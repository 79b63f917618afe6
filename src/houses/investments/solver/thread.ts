import { randomOf } from '../../../ground/measures/index.ts'
import { choosePortfolio, type Chosen, type PortfolioProblem, resampled, type Tally } from '../decide/portfolio/index.ts'
import { highsSolver } from './highs.ts'

/** What a thread is asked: the best choice, or what is chosen in a few draws. */
export interface Task {
  problem: PortfolioProblem
  draws?: readonly number[]
}

const solve = await highsSolver()

/** What a thread of the pool does with a task. A draw is the same on whichever thread. */
export default function answer({ problem, draws }: Task): Chosen | Tally {
  if (!draws) return choosePortfolio(problem, solve)
  return resampled(problem, draws, solve, (draw) => randomOf(`portfolio ${draw}`).next)
}
