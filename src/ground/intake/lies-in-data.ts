import type { DatabaseError } from '../store/index.ts'

/** Data exceptions, broken constraints and limits of the program (PostgreSQL, appendix A): the statement is right, a value in it is not. */
export function liesInData({ code }: DatabaseError): boolean {
  return /^(?:22|23|54)/.test(code)
}
