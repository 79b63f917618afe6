/** Which investments to choose within limits. Pure: a solver and random numbers are handed in. */
export { type Choice, type Chosen, choosePortfolio, type Obstacle } from './choose.ts'
export type { Solve } from './model.ts'
export type { Candidate, Floor, PortfolioProblem } from './problem.ts'
export { pickedInOrder, type Ranking, rankingOf, RANKINGS, type RankingRule } from './ranking.ts'
export { addTallies, chosenShares, NOTHING_TRIED, resampled, type Tally } from './resample.ts'
