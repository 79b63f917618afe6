import { ok, refuse, type Result } from './result.ts'

/** Arithmetic of named quantities: `(orders - returns) / visits`. */
export type Formula =
  | { kind: 'number'; value: number }
  | { kind: 'name'; name: string; column: number }
  | { kind: 'negated'; of: Formula }
  | { kind: 'operation'; operator: Operator; left: Formula; right: Formula; column: number }

type Operator = '+' | '-' | '*' | '/'

interface Token {
  kind: 'number' | 'name' | 'sign' | 'end'
  text: string
  /** From 1. */
  column: number
}

/** What a formula may be nested; a person writes three or four. */
const DEEPEST = 50
const TOKEN = /\s*(?:(\d+(?:\.\d+)?)|([A-Za-z_]\w*)|([-+*/()]))/y

/** Reads numbers, names, + - * / and parentheses; refuses anything else with its column. */
export function parseFormula(text: string): Result<Formula> {
  const tokens = tokensOf(text)
  if (!tokens.ok) return tokens
  let next = 0
  const peek = () => tokens.value[next]!
  const takes = (...signs: string[]) => (peek().kind === 'sign' && signs.includes(peek().text) ? tokens.value[next++]! : null)

  const operations = (signs: string[], part: (depth: number) => Formula) => (depth: number) => {
    let left = part(depth)
    for (let sign = takes(...signs); sign; sign = takes(...signs)) {
      const right = part(depth)
      left = { kind: 'operation', operator: sign.text as Operator, left, right, column: sign.column } // one of `signs`
    }
    return left
  }
  const single = (depth: number): Formula => {
    const token = peek()
    if (depth > DEEPEST) throw new Unreadable(token.column, `nested deeper than ${DEEPEST} levels`)
    if (takes('-')) return { kind: 'negated', of: single(depth + 1) }
    if (takes('(')) {
      const inner = sum(depth + 1)
      if (!takes(')')) throw new Unreadable(peek().column, `${named(peek())} where the parenthesis of column ${token.column} should close`)
      return inner
    }
    if (token.kind === 'sign' || token.kind === 'end')
      throw new Unreadable(token.column, `${named(token)} where a name or number should stand`)
    next += 1
    return token.kind === 'number'
      ? { kind: 'number', value: Number(token.text) }
      : { kind: 'name', name: token.text, column: token.column }
  }
  const product = operations(['*', '/'], single)
  const sum = operations(['+', '-'], product)

  try {
    const formula = sum(0)
    if (peek().kind !== 'end') throw new Unreadable(peek().column, `${named(peek())} where + - * / or the end should stand`)
    return ok(formula)
  } catch (error) {
    if (error instanceof Unreadable) return unreadable(error.column, error.message)
    throw error
  }
}

/** The names a formula uses, each once, in order. */
export function formulaNames(formula: Formula): string[] {
  return [...new Set(namesIn(formula))]
}

/** What a formula comes to; null where it divides by zero or is no finite number. */
export function formulaValue(formula: Formula, valueOf: (name: string) => number): number | null {
  const value = compute(formula, valueOf)
  return Number.isFinite(value) ? value : null
}

/** A step back from deep inside the parser; never leaves it. */
class Unreadable extends Error {
  readonly column: number
  constructor(column: number, message: string) {
    super(message)
    this.column = column
  }
}

function tokensOf(text: string): Result<Token[]> {
  const tokens: Token[] = []
  const end = text.trimEnd().length
  TOKEN.lastIndex = 0
  while (TOKEN.lastIndex < end) {
    const from = TOKEN.lastIndex
    const match = TOKEN.exec(text)
    if (!match) {
      const column = from + /^\s*/.exec(text.slice(from))![0].length + 1
      return unreadable(column, `"${String.fromCodePoint(text.codePointAt(column - 1)!)}" means nothing here`)
    }
    const [whole, number, name, sign] = match
    const found = (number ?? name ?? sign)!
    const kind = number === undefined ? (name === undefined ? 'sign' : 'name') : 'number'
    tokens.push({ kind, text: found, column: from + whole.length - found.length + 1 })
  }
  return ok([...tokens, { kind: 'end', text: '', column: end + 1 }])
}

function named({ kind, text }: Token): string {
  return kind === 'end' ? 'the end' : `"${text}"`
}

function unreadable<T>(column: number, what: string): Result<T> {
  return refuse('formula.unreadable', `column ${column}: ${what}`, {
    fix: 'Write names, numbers, + - * / and parentheses, for example (orders - returns) / visits.',
    column,
  })
}

function namesIn(formula: Formula): string[] {
  switch (formula.kind) {
    case 'number':
      return []
    case 'name':
      return [formula.name]
    case 'negated':
      return namesIn(formula.of)
    case 'operation':
      return [...namesIn(formula.left), ...namesIn(formula.right)]
  }
}

function compute(formula: Formula, valueOf: (name: string) => number): number {
  switch (formula.kind) {
    case 'number':
      return formula.value
    case 'name':
      return valueOf(formula.name)
    case 'negated':
      return -compute(formula.of, valueOf)
    case 'operation': {
      const [left, right] = [compute(formula.left, valueOf), compute(formula.right, valueOf)]
      if (formula.operator === '+') return left + right
      if (formula.operator === '-') return left - right
      if (formula.operator === '*') return left * right
      return right === 0 ? Number.NaN : left / right
    }
  }
}
