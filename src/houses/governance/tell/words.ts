import { refName } from '../../../ground/core/index.ts'
import type { GateAnswer } from './answer.ts'

type Told = Pick<GateAnswer, 'verdict' | 'component' | 'reasons' | 'override' | 'obstacle' | 'policies' | 'environment'>

/** The answer as one sentence. */
export function answerWords({ verdict, component, reasons, override, obstacle, policies, environment }: Told): string {
  const name = refName(component)
  if (obstacle) return `${name}: could not be judged: ${obstacle.why}`
  const holding = reasons.filter(({ effect }) => effect === 'holds').map(({ words }) => words)
  if (verdict === 'hold') return `${name}: hold: ${holding.join('; ')}`
  if (override) return `${name}: go, overridden until ${override.until.slice(0, 16).replace('T', ' ')} UTC: ${override.reason}`
  if (policies.length === 0) return `${name}: go: no policy is for ${environment}`
  const warned = reasons.filter(({ effect }) => effect === 'warns').length
  const rules = `${reasons.length} ${reasons.length === 1 ? 'rule' : 'rules'}`
  return `${name}: go: ${warned === 0 ? `nothing speaks against it in ${rules}` : `${warned} of ${rules} ${warned === 1 ? 'warns' : 'warn'}`}`
}
