/** Numbers from minutes: errors by each budgeting method, budgets, burns, forecasts. Pure. */
export { type Budget, budgetRemaining, type BudgetState, type Burn, BURN_WINDOWS, burnRate, type BurnWindow, exhaustsAt } from './budget.ts'
export { type Counted, countIn, type Minutes, minutesIn, without } from './minutes.ts'
export { type Assessed, assess, burnOver, countingIn, type Cuts, type ObjectiveStatus, spansOf, type UnknownReason } from './status.ts'
export { type Period, periodAt } from './windows.ts'
export { type Spending, spendingOf, spentIn } from './spending.ts'
